package dev.domin.conformance.fuzz;

import dev.domin.spi.descriptor.ParameterDeclaration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Arguments that are often handled wrongly, chosen by bytes. */
final class HostileValues {

    private static final long[] NUMBERS = {
        0,
        1,
        2,
        3,
        4,
        5,
        7,
        8,
        9,
        15,
        16,
        17,
        31,
        32,
        63,
        64,
        100,
        255,
        256,
        257,
        1000,
        65_507,
        65_508,
        65_535,
        65_536,
        1 << 24,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 8L,
        1L << 31,
        1L << 32,
        1L << 40,
        1L << 62,
        Long.MAX_VALUE,
        -1,
        -2,
        -8,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE - 1L,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
    };
    private static final double[] REALS = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        1e-9,
        1e9,
        1e18,
        1e19,
        1e300,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };
    private static final List<String> TEXTS = List.of(
            "",
            "x",
            "m",
            "i",
            "s",
            "gone",
            "a",
            "a.b",
            "a..b",
            ".",
            "OnPacket",
            "Other",
            "main",
            "Nope",
            "%d %s",
            "%",
            "%999999999d",
            "%.999999999f",
            "%-05X|%c",
            "127.0.0.1",
            "::1",
            "-1",
            "1e400",
            "99999999999999999999",
            "0x1F",
            "zz",
            "%zz%",
            "&#x110000;&amp;&lt",
            "{\"a\": [1, {\"b\": null}], \"a\": 2}",
            "[[[[1]]]]",
            "[1e999]",
            "\"\\ud800\"",
            "../../x",
            "/",
            "yyyy-MM-dd",
            "%Y-%m-%d",
            "debug",
            "text",
            "json",
            "stderr",
            "AAAA====",
            "a\nb",
            "\u00ff\u0001\u001b[2J",
            "localhost",
            "8.8.8.8",
            "224.0.0.1",
            "::ffff:8.8.8.8");
    private static final List<String> HOSTS = List.of(
            "127.0.0.1", "::1", "", "localhost", "127.0.0.2", "8.8.8.8", "0.0.0.0", "127.1", "x y", "127.0.0.1\n");
    private static final long[] PORTS = {0, -1, 65_536, 1L << 40, Long.MIN_VALUE, 9};
    private static final long[] TIMES = {0, 1, -1, 2, Integer.MAX_VALUE, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE};

    private final byte[] data;
    private final Path folder;
    private int at;
    private boolean files;

    HostileValues(byte[] data, Path folder) {
        this.data = data;
        this.folder = folder;
    }

    boolean isAtEnd() {
        return at >= data.length;
    }

    int index(int bound) {
        return (next() << 8 | next()) % bound;
    }

    private int next() {
        return isAtEnd() ? 0 : data[at++] & 0xFF;
    }

    /** {@return an argument; for functions that use files, each text is the name of one} */
    Object argument(ParameterDeclaration parameter, boolean usesFiles) {
        files = usesFiles;
        return switch (parameter.kind()) {
            case INT, LONG -> number(parameter.name());
            case DOUBLE -> REALS[next() % REALS.length];
            case STRING -> text(parameter.name());
            case BLOB -> parameter.byRef() ? new byte[][] {blob()} : blob();
            case INT_REF -> new int[] {(int) number("")};
            case LONG_REF -> new long[] {number("")};
            case DOUBLE_REF -> new double[] {REALS[next() % REALS.length]};
            case STRING_REF -> new String[] {text("")};
            case VARIADIC, VOID -> throw new IllegalArgumentException(parameter.name());
        };
    }

    private long number(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("port")) { // no other program's
            return PORTS[next() % PORTS.length];
        }
        if (lower.endsWith("ms") || lower.startsWith("interval")) { // waiting takes most of the time
            int choice = next();
            return TIMES[choice < 250 ? choice % 4 : choice % TIMES.length];
        }
        int choice = next();
        if (choice < 100) {
            return 1L + choice % 3; // ids that exist, offsets inside
        }
        if (choice < 240) {
            return NUMBERS[choice % NUMBERS.length];
        }
        return (long) next() << 24 | (long) next() << 16 | (long) next() << 8 | next();
    }

    private String text(String name) {
        int choice = next();
        if (name.equals("host")) {
            return HOSTS.get(choice % HOSTS.size());
        }
        if (name.equals("kind")) {
            return List.of("stderr", "file", "syslog", "", "x").get(choice % 5);
        }
        if (files) { // nothing outside a folder of ours is written or deleted
            return choice % 4 == 0
                    ? List.of("", "/nope/x", folder.toString(), folder + "/" + "x".repeat(5000))
                            .get(choice / 4 % 4)
                    : folder.resolve("file" + choice % 3).toString();
        }
        if (choice < 120) {
            return TEXTS.get(choice % TEXTS.size());
        }
        if (choice < 130) {
            return TEXTS.get(next() % TEXTS.size()).repeat(1 + next() * 40);
        }
        return new String(bytes(next() % 40), StandardCharsets.ISO_8859_1);
    }

    private byte[] blob() {
        int choice = next();
        if (choice < 40) {
            return new byte[choice];
        }
        if (choice < 50) {
            var large = new byte[choice * 2_000];
            Arrays.fill(large, (byte) next());
            return large;
        }
        if (choice < 90) {
            return TEXTS.get(choice % TEXTS.size()).getBytes(StandardCharsets.UTF_8);
        }
        if (choice < 110) { // a packet of the server
            var packet = new byte[17 + choice % 4];
            packet[0] = 9;
            packet[4] = (byte) (choice == 100 ? 200 : 9);
            System.arraycopy("127.0.0.1".getBytes(StandardCharsets.US_ASCII), 0, packet, 8, 9);
            return packet;
        }
        return bytes(next() % 80);
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) next();
        }
        return bytes;
    }

    static String shown(Object value) {
        return switch (value) {
            case byte[] bytes -> "blob of " + bytes.length + " bytes " + Arrays.toString(Arrays.copyOf(bytes, 40));
            case byte[][] bytes -> "ref " + shown(bytes[0]);
            case int[] number -> "ref " + number[0];
            case long[] number -> "ref " + number[0];
            case double[] number -> "ref " + number[0];
            case String[] text -> "ref " + shown(text[0]);
            case String text ->
                '"' + (text.length() > 200 ? text.substring(0, 200) + "..." + text.length() : text) + '"';
            default -> value.toString();
        };
    }
}
