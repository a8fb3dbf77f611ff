package dev.domin.udp.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Is notified of the results of sending, on the thread that sends. */
public interface SendReport {

    /**
     * The system took answers for sending.
     *
     * @param answers how many
     */
    void sent(int answers);

    /**
     * The system refused an answer, for another reason than a closed receiver.
     *
     * @param number the number of the packet that it answers, or 0 where packets are not numbered
     * @param to its receiver
     * @param problem the reason
     */
    void refused(long number, InetSocketAddress to, IOException problem);
}
