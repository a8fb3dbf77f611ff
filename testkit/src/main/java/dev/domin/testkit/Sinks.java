package dev.domin.testkit;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the packets of a tap go: to its journal first, and then to what else gets them.
 *
 * @param store the journal
 * @param recorder writes them to a file; null for none
 * @param listener is notified of decided ones; null for none
 */
record Sinks(
        JournalStore store,
        @Nullable Recorder recorder,
        @Nullable Consumer<? super Packet> listener) {

    static final String CLOSED_BEFORE = "delayed when the server closed";

    /** Does something with all, whatever a listener throws; then throws what was thrown first. */
    static <T> void forAll(Collection<T> all, Consumer<? super T> action) {
        Throwable problem = null;
        for (T each : all) {
            try {
                action.accept(each);
            } catch (RuntimeException | Error e) { // AssertionErrors, for example
                problem = problem == null ? e : problem;
            }
        }
        if (problem instanceof Error error) {
            throw error;
        }
        if (problem instanceof RuntimeException exception) {
            throw exception;
        }
    }

    void arrived(Entry entry) {
        if (recorder != null) {
            recorder.arrived(entry);
        }
    }

    /** A packet that arrived has its fate. */
    void decided(Entry entry) {
        if (recorder != null) {
            recorder.decided(entry);
        }
        changed(entry);
    }

    /** A packet is about to be sent, or lost instead. */
    void sent(Entry entry) {
        if (recorder != null) {
            recorder.sent(entry);
        }
        changed(entry);
    }

    /** Decides the fate of a packet. */
    void decide(Entry entry, Fate fate, String reason) {
        store.decide(entry, fate, reason);
        decided(entry);
    }

    /** Decides that a datagram is not sent. */
    void abandon(Entry entry, String reason) {
        decideAgain(entry, Fate.CLOSED, reason);
    }

    /** Decides the fate of a packet that a fault still delays. */
    void closedBefore(Entry entry) {
        decide(entry, Fate.CLOSED, CLOSED_BEFORE);
    }

    /** Notes how many copies of a packet could not be delayed. */
    void noteMissing(Entry entry, int passed, FaultOutcome outcome) {
        int lost = outcome.copies() - passed;
        if (lost > 0) {
            String words = lost + " of " + outcome.copies() + " copies lost: " + outcome.shortage();
            store.addFaults(entry, List.of(words));
        }
    }

    /** Decides that a datagram is refused. */
    void refuse(Entry entry, String reason) {
        decideAgain(entry, Fate.REFUSED, reason);
    }

    /** Decides the fate of a datagram that the journal may have as sent. */
    void decideAgain(Entry entry, Fate fate, String reason) {
        store.decide(entry, fate, reason);
        changed(entry);
    }

    /** {@return what faults do to a packet} A rule that throws loses it. */
    FaultOutcome outcome(FaultRules rules, Entry entry, byte[] bytes, int offset, int length) {
        try {
            FaultOutcome outcome = rules.decide(store.packet(entry), bytes, offset, length);
            if (!outcome.words().isEmpty()) {
                store.addFaults(entry, outcome.words());
            }
            return outcome;
        } catch (Throwable e) {
            decide(entry, Fate.FAULT, "lost, since a rule has failed: " + e);
            if (e instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("a rule of the faults has failed: " + e, e); // no error of the engine
        }
    }

    /** A packet has another fate than before. */
    void changed(Entry entry) {
        if (listener != null) {
            listener.accept(store.packet(entry));
        }
    }
}
