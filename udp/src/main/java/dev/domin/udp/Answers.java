package dev.domin.udp;

import dev.domin.udp.transport.SendReport;
import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Sends the answers of an endpoint in the order of their packets, and holds none back for long. */
final class Answers implements SendReport {

    private final Transport transport;
    private final Accounts accounts;
    private final Errors errors;
    private final TurnClock clock;
    private final SendReport duringReply = new DuringReply();
    private final HeldAnswers held;

    Answers(Transport transport, Accounts accounts, Errors errors, TurnClock clock, Machine machine) {
        this.held = new HeldAnswers(this, machine);
        this.transport = transport;
        this.accounts = accounts;
        this.errors = errors;
        this.clock = clock;
    }

    /**
     * Sends a packet's answer, or holds it. Called by the receiver.
     *
     * @param more whether another packet of the batch follows; otherwise the receiver flushes soon
     */
    void send(Packet packet, boolean more) {
        byte[] bytes = packet.replyBytes();
        int offset = packet.replyOffset();
        int length = packet.replyLength();
        if (accounts.observation().hasObserver()) {
            accounts.observation().sent(packet.buffer().number(), bytes, offset, length, packet.sender());
        }
        try {
            if (transport.reply(bytes, offset, length, packet.buffer(), duringReply) && more) {
                held.hold();
            }
        } catch (Throwable e) {
            errors.report(e);
            clock.reset();
        }
    }

    /** Sends what is held at the end of a batch. Called by the receiver. */
    void endBatch() {
        held.endHolding();
        flush(true);
    }

    /** Sends the answers that are held back. */
    void flush(boolean mayWait) {
        try {
            transport.flush(mayWait, this);
        } catch (Throwable e) {
            errors.report(e);
        }
    }

    /** Ends the sending. Called once, when there are no more answers. */
    void end() {
        held.end();
    }

    @Override
    public void sent(int answers) {
        accounts.sent(answers);
    }

    @Override
    public void refused(long number, InetSocketAddress to, IOException problem) {
        accounts.observation().refused(number, to, problem);
        errors.report(problem);
    }

    /**
     * Sending and reporting take time, which must not count for the next packet.
     */
    private final class DuringReply implements SendReport {

        @Override
        public void sent(int answers) {
            Answers.this.sent(answers);
            clock.reset();
        }

        @Override
        public void refused(long number, InetSocketAddress to, IOException problem) {
            Answers.this.refused(number, to, problem);
            clock.reset();
        }
    }
}
