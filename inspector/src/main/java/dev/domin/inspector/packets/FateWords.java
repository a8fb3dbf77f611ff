package dev.domin.inspector.packets;

import dev.domin.testkit.Direction;
import dev.domin.testkit.Fate;
import dev.domin.testkit.Packet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;

/** How fates are called on the page and in filters. */
final class FateWords {

    private FateWords() {}

    /** {@return the fate for people} */
    static String of(Packet packet) {
        return switch (packet.fate()) {
            case PENDING -> "not decided yet";
            case HANDLED -> "answered";
            case SILENT -> "handled, no answer";
            case LATE -> "late";
            case FAILED -> "failed";
            case NO_BUFFER -> "dropped: no buffer free";
            case FORGED -> "dropped: forged sender";
            case CLOSED ->
                packet.direction() == Direction.IN ? "dropped: the server closed" : "not sent: the server closed";
            case FAULT -> "lost by a fault";
            case SENT -> "sent";
            case REFUSED -> "not sent: refused";
        };
    }

    /** {@return the class that decides the colour} */
    static String category(Fate fate) {
        return switch (fate) {
            case PENDING -> "pending";
            case HANDLED -> "ok";
            case SILENT -> "silent";
            case LATE -> "late";
            case FAILED -> "failed";
            case NO_BUFFER, FORGED, CLOSED, REFUSED -> "lost";
            case FAULT -> "fault";
            case SENT -> "sent";
        };
    }

    /** {@return the words that filters know for a fate, the name of the fate among them} */
    static List<String> keywords(Fate fate) {
        return switch (fate) {
            case PENDING -> List.of("pending");
            case HANDLED -> List.of("answered", "handled");
            case SILENT -> List.of("silent", "handled");
            case LATE -> List.of("late", "dropped");
            case FAILED -> List.of("failed", "dropped");
            case NO_BUFFER -> List.of("no-buffer", "dropped", "lost");
            case FORGED -> List.of("forged", "dropped", "lost");
            case CLOSED -> List.of("closed", "dropped", "lost");
            case FAULT -> List.of("fault", "lost");
            case SENT -> List.of("sent");
            case REFUSED -> List.of("refused", "lost");
        };
    }

    /** {@return all words that filters know} */
    static SequencedSet<String> all() {
        var words = new LinkedHashSet<String>();
        for (var fate : Fate.values()) {
            words.addAll(keywords(fate));
        }
        return words;
    }

    /** {@return whether a fate has a word that begins so} */
    static boolean begins(Fate fate, String prefix) {
        String wanted = prefix.toLowerCase(Locale.ROOT);
        return keywords(fate).stream().anyMatch(word -> word.startsWith(wanted));
    }
}
