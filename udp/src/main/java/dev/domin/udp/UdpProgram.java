package dev.domin.udp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A program that a {@link UdpProgramLoader} has started. Its methods may be called from any thread. */
public interface UdpProgram extends AutoCloseable {

    /**
     * Waits until the program has opened a server.
     *
     * @param within how long to wait
     * @return the address of the first server that it has opened
     * @throws InterruptedException if interrupted while waiting; the program continues
     * @throws TimeoutException if it has opened none in that time
     * @throws IllegalStateException if it has ended or failed without one; the message is the whole report
     */
    InetSocketAddress awaitEndpoint(Duration within) throws InterruptedException, TimeoutException;

    /**
     * {@return a report for each place where the program has failed so far, its callbacks included; empty if nothing
     * has failed} Also after it has ended.
     */
    List<String> failures();

    /** {@return how many of the endpoints that it has opened, servers and clients, are open} */
    int openEndpoints();

    /** {@return whether anything of the program still runs, or has still to be closed} */
    boolean isRunning();

    /** Ends the program, closes its endpoints, and waits until nothing of it runs. Closing again does nothing. */
    @Override
    void close();
}
