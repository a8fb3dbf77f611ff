package dev.domin.spi;

import java.net.InetSocketAddress;

/**
 * A {@link ScriptResource} that clients can send to, as a host of scripts sees it. Its methods may be called from any
 * thread, also after it is closed.
 */
public interface ScriptServer extends ScriptResource {

    /** {@return the address that it is bound to, for clients} */
    InetSocketAddress address();

    /** {@return the port that it is bound to} */
    default int port() {
        return address().getPort();
    }

    /** {@return the name of the callback that gets its packets} */
    String callbackName();

    /** {@return whether it is open} */
    boolean isOpen();

    /** {@return how many packets have been handled so far} */
    long handled();

    /** {@return how many packets have been dropped so far} */
    long dropped();
}
