package dev.domin.inspector.packets;

import static java.util.HexFormat.isHexDigit;

import dev.domin.testkit.Packet;
import java.util.function.Predicate;

/** Looks for bytes in a payload; -1 stands for any byte. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HexTerm(short[] wanted) implements Predicate<Packet> {

    /** {@return whether a word is pairs of digits, or of question marks} */
    static boolean isHex(String word) {
        // Not a regular expression: matching a repeated group takes stack for each pair.
        boolean isHex = !word.isEmpty() && word.length() % 2 == 0;
        for (int i = 0; i < word.length() && isHex; i += 2) {
            isHex = word.startsWith("??", i) || isHexDigit(word.charAt(i)) && isHexDigit(word.charAt(i + 1));
        }
        return isHex;
    }

    static HexTerm of(String pairs) {
        short[] wanted = new short[pairs.length() / 2];
        for (int i = 0; i < wanted.length; i++) {
            String pair = pairs.substring(2 * i, 2 * i + 2);
            wanted[i] = pair.equals("??") ? -1 : Short.parseShort(pair, 16);
        }
        return new HexTerm(wanted);
    }

    @Override
    public boolean test(Packet packet) {
        byte[] payload = packet.payload();
        for (int start = 0; start <= payload.length - wanted.length; start++) {
            if (isAt(payload, start)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] payload, int start) {
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] >= 0 && wanted[i] != (payload[start + i] & 0xff)) {
                return false;
            }
        }
        return true;
    }
}
