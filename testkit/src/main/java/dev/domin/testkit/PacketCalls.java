package dev.domin.testkit;

import org.jspecify.annotations.Nullable;

/** What the calls of one thread for one packet of an endpoint share. */
final class PacketCalls {

    /** The packet in the handler, or the one that the engine answers. */
    @Nullable
    Entry handled;

    /** What the kit itself answers. */
    @Nullable
    Entry answered;

    /** What the engine is about to send, as the next two. */
    @Nullable
    Entry sent;

    /** What faults do to it; null without faults. */
    @Nullable
    FaultOutcome outcome;

    /** Whether it is not sent, since a rule has failed. */
    boolean lost;

    void sends(@Nullable Entry entry, @Nullable FaultOutcome faults, boolean isLost) {
        sent = entry;
        outcome = faults;
        lost = isLost;
    }
}
