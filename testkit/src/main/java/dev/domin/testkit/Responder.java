package dev.domin.testkit;

/** Computes the answer to a packet. */
@FunctionalInterface
public interface Responder {

    /**
     * Answers a packet, on the thread that received it; no other packet of the server is handled meanwhile, until the
     * packet's deadline has passed.
     *
     * @param packet the packet, whose fate is still pending
     * @return the answer
     * @throws Exception if it failed: the packet then counts as failed and dropped, and the journal has the reason
     */
    Reply answer(Packet packet) throws Exception;
}
