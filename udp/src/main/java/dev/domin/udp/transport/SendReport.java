package dev.domin.udp.transport;

import java.io.IOException;

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
     * @param problem the reason
     */
    void refused(IOException problem);
}
