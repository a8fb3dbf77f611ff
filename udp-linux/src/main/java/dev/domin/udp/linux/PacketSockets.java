package dev.domin.udp.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Arrays;

/** Linux' table of packet sockets (packet(7)), by which programs such as tcpdump capture. Every user may read it. */
final class PacketSockets {

    private static final String TABLE = "/proc/net/packet";

    /** The columns of the table that matter, from 0 on. */
    private static final int PROTOCOL = 3;

    private static final int INTERFACE = 4;
    private static final int RUNNING = 5;
    private static final int COLUMNS = 3;

    private static final int ETH_P_ALL = 0x0003;
    private static final int ETH_P_IP = 0x0800;
    private static final byte ALL_INTERFACES = '0';
    private static final byte LOOPBACK_INTERFACE = '1';

    private static final int INITIAL_SIZE = 4096;

    /** The last table, in an array that is used again: what is read each second should leave no garbage. */
    private static byte[] table = new byte[INITIAL_SIZE];

    private PacketSockets() {}

    /**
     * {@return whether a socket of this network namespace captures packets on loopback; false where this is unknown}
     */
    static synchronized boolean anyCaptures() {
        try (FileInputStream file = new FileInputStream(TABLE)) {
            int length = 0;
            int count = file.read(table, 0, table.length);
            while (count > 0) {
                length += count;
                if (length == table.length) {
                    table = Arrays.copyOf(table, 2 * length);
                }
                count = file.read(table, length, table.length - length);
            }
            return anyCaptures(table, length);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * {@return whether a socket of a table captures packets on loopback}
     *
     * @param text a line of headings, then a line for each socket, in ASCII
     * @param length the length of the text
     */
    static boolean anyCaptures(byte[] text, int length) {
        int column = -1;
        int matches = 0;
        int word = -1; // where the word begins, or -1 between words
        for (int i = 0; i < length; i++) {
            boolean blank = text[i] == ' ' || text[i] == '\n';
            if (!blank && word < 0) {
                word = i;
                column++;
            } else if (blank && word >= 0) {
                if (matches(text, word, i, column)) {
                    matches++;
                }
                word = -1;
            }
            if (text[i] == '\n') {
                if (matches == COLUMNS) {
                    return true;
                }
                column = -1;
                matches = 0;
            }
        }
        return false;
    }

    /** {@return whether a word is in one of the columns that matter, and has a value that a capture of loopback has} */
    private static boolean matches(byte[] text, int start, int end, int column) {
        return switch (column) {
            case PROTOCOL ->
                end - start == 4 && (number(text, start, end) == ETH_P_ALL || number(text, start, end) == ETH_P_IP);
            case INTERFACE -> end - start == 1 && (text[start] == ALL_INTERFACES || text[start] == LOOPBACK_INTERFACE);
            case RUNNING -> end - start == 1 && text[start] == '1';
            default -> false;
        };
    }

    private static int number(byte[] text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = 16 * number + Character.digit(text[i], 16);
        }
        return number;
    }
}
