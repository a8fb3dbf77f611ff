package dev.domin.inspector.packets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.domin.testkit.Packet;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Looks for a text in the payload, the peer, the fate and the faults. Upper and lower case of ASCII are the same in
 * payloads, whose other bytes may be no text.
 */
final class TextTerm implements Predicate<Packet> {

    private final String lower;
    private final byte[] bytes;

    TextTerm(String text) {
        lower = text.toLowerCase(Locale.ROOT);
        bytes = text.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = fold(bytes[i]);
        }
    }

    @Override
    public boolean test(Packet packet) {
        return isIn(packet.payload())
                || Addresses.text(packet.peer()).contains(lower)
                || isIn(FateWords.of(packet))
                || isIn(packet.reason())
                || packet.faults().stream().anyMatch(this::isIn);
    }

    private boolean isIn(String words) {
        return !words.isEmpty() && words.toLowerCase(Locale.ROOT).contains(lower);
    }

    private boolean isIn(byte[] payload) {
        for (int start = 0; start <= payload.length - bytes.length; start++) {
            int i = 0;
            while (i < bytes.length && fold(payload[start + i]) == bytes[i]) {
                i++;
            }
            if (i == bytes.length) {
                return true;
            }
        }
        return false;
    }

    private static byte fold(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
    }
}
