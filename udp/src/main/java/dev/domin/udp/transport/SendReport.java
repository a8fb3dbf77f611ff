package dev.domin.udp.transport;

import java.io.IOException;

/** Is told what became of answers, on the thread that sent them. */
public interface SendReport {

    /**
     * The system took answers for sending.
     *
     * @param answers how many
     */
    void sent(int answers);

    /**
     * The system refused an answer, for another reason than that its receiver has gone.
     *
     * @param problem the reason
     */
    void refused(IOException problem);
}
