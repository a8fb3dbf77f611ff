package dev.domin.testkit;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What gets the packets of a tap, apart from its journal.
 *
 * @param store the journal
 * @param recorder writes them to a file; null for none
 * @param listener is notified of decided ones; null for none
 */
record Sinks(
        JournalStore store,
        @Nullable Recorder recorder,
        @Nullable Consumer<? super Packet> listener) {

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

    /** A packet has another fate than before. */
    void changed(Entry entry) {
        if (listener != null) {
            listener.accept(store.packet(entry));
        }
    }
}
