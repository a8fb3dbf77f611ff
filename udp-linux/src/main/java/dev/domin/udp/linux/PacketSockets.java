package dev.domin.udp.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.StringTokenizer;

/** Linux' table of packet sockets (packet(7)), by which programs such as tcpdump capture. Every user may read it. */
final class PacketSockets {

    private static final String TABLE = "/proc/net/packet";

    /** The columns of the table that matter, from 0 on. */
    private static final int PROTOCOL = 3;

    private static final int INTERFACE = 4;
    private static final int RUNNING = 5;

    private static final String ALL_PROTOCOLS = "0003";
    private static final String IPV4 = "0800";
    private static final String ALL_INTERFACES = "0";
    private static final String LOOPBACK_INTERFACE = "1";

    private PacketSockets() {}

    /**
     * {@return whether a socket of this network namespace captures packets on loopback; false where this is unknown}
     */
    static boolean anyCaptures() {
        try (FileInputStream table = new FileInputStream(TABLE)) {
            return anyCaptures(new String(table.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * {@return whether a socket of a table captures packets on loopback}
     *
     * @param table a line of headings, then a line for each socket
     */
    static boolean anyCaptures(String table) {
        StringTokenizer lines = new StringTokenizer(table, "\n");
        while (lines.hasMoreTokens()) {
            String[] columns = columns(lines.nextToken());
            boolean protocol = columns[PROTOCOL].equals(ALL_PROTOCOLS) || columns[PROTOCOL].equals(IPV4);
            boolean loopback =
                    columns[INTERFACE].equals(ALL_INTERFACES) || columns[INTERFACE].equals(LOOPBACK_INTERFACE);
            if (protocol && loopback && columns[RUNNING].equals("1")) {
                return true;
            }
        }
        return false;
    }

    private static String[] columns(String line) {
        StringTokenizer words = new StringTokenizer(line);
        String[] columns = new String[RUNNING + 1];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = words.hasMoreTokens() ? words.nextToken() : "";
        }
        return columns;
    }
}
