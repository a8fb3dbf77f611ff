package dev.domin.conformance.fuzz;

import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptFailedException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Formats values with any format, and compares the text with one that is made from the description of printf. */
final class FormatTarget implements FuzzTarget {

    private static final List<String> TYPES = List.of("i32", "i64", "double", "string", "blob");
    private static final int LONGEST_NUMBER = 4;
    private static final int KINDS = 1 + TYPES.size() + TYPES.size() * TYPES.size();

    private final Script script;

    FormatTarget() {
        var text = new StringBuilder("i32 main() { return(0); }\n");
        for (int kind = 0; kind < KINDS; kind++) {
            var head = new StringBuilder("string $f");
            var arguments = new StringBuilder("$f");
            var types = types(kind);
            for (int i = 0; i < types.size(); i++) {
                head.append(", ").append(types.get(i)).append(" $a").append(i);
                arguments.append(", $a").append(i);
            }
            text.append(
                    "blob F" + kind + "(" + head + ") { return(blob.FromText(string.Format(" + arguments + "))); }\n");
        }
        script = Script.compileStatements(new SourceFile("format.dom", text.toString()), new KeptPlugins());
    }

    private static List<String> types(int kind) {
        if (kind == 0) {
            return List.of();
        }
        if (kind <= TYPES.size()) {
            return List.of(TYPES.get(kind - 1));
        }
        int pair = kind - 1 - TYPES.size();
        return List.of(TYPES.get(pair / TYPES.size()), TYPES.get(pair % TYPES.size()));
    }

    @Override
    public void run(byte[] data) {
        if (data.length < 5) {
            return;
        }
        int kind = (data[0] & 0xFF) % KINDS;
        var format = new StringBuilder();
        for (int i = 5; i < data.length; i++) {
            if (data[i] > 0) {
                format.append((char) data[i]);
            }
        }
        var types = types(kind);
        var call = new Object[1 + types.size()];
        call[0] = format.toString();
        for (int i = 0; i < types.size(); i++) {
            call[1 + i] = value(types.get(i), data[1 + 2 * i], data[2 + 2 * i]);
        }
        var predicted = new Prediction(format.toString(), Arrays.copyOfRange(call, 1, call.length)).make();
        try (var run = script.start(RunOptions.builder().withoutMain().build())) {
            var text = new String((byte[]) run.call("F" + kind, call), StandardCharsets.ISO_8859_1);
            if (predicted.isPresent() && !predicted.get().equals(text)) {
                throw new AssertionError(
                        Arrays.toString(call) + " gave <" + text + "> instead of <" + predicted.get() + ">");
            }
        } catch (ScriptFailedException e) {
            String message = e.failures().getFirst().message();
            if (message.contains("Exception")
                    || message.contains(" failed: ")
                    || predicted.filter(text -> !text.equals(Prediction.ERROR)).isPresent()) {
                throw new AssertionError(Arrays.toString(call) + ": " + message, e);
            }
        }
    }

    private static Object value(String type, byte high, byte low) {
        long number = switch (high & 7) {
            case 0 -> low;
            case 1 -> Long.MIN_VALUE + low;
            case 2 -> Long.MAX_VALUE - low;
            case 3 -> Integer.MIN_VALUE - (long) low;
            default -> (long) low << (high & 0x3F);
        };
        return switch (type) {
            case "i32" -> (int) number;
            case "i64" -> number;
            case "double" ->
                (high & 8) != 0
                        ? List.of(
                                        Double.NaN,
                                        -0.0,
                                        Double.POSITIVE_INFINITY,
                                        Double.NEGATIVE_INFINITY,
                                        0.5,
                                        1e300,
                                        Double.MIN_VALUE)
                                .get((low & 0xFF) % 7)
                        : number / 1024.0;
            case "string" -> "string".substring(0, (low & 0xFF) % 7);
            default -> new byte[low & 7];
        };
    }

    /** What the description says; empty where it says nothing. */
    private static final class Prediction {

        static final String ERROR = "\0error";

        private final String format;
        private final Object[] values;
        private int at;
        private int used;

        Prediction(String format, Object... values) {
            this.format = format;
            this.values = values;
        }

        Optional<String> make() {
            var out = new StringBuilder();
            while (at < format.length()) {
                char c = format.charAt(at++);
                if (c != '%') {
                    out.append(c);
                    continue;
                }
                var place = place();
                if (place.isEmpty() || place.get().equals(ERROR)) {
                    return place;
                }
                out.append(place.get());
            }
            if (used != values.length) {
                return Optional.of(ERROR);
            }
            int zero = out.indexOf("\0"); // a string ends there
            return Optional.of(zero < 0 ? out.toString() : out.substring(0, zero));
        }

        private Optional<String> place() {
            boolean left = false;
            boolean zeros = false;
            while (at < format.length() && "-0".indexOf(format.charAt(at)) >= 0) {
                left |= format.charAt(at) == '-';
                zeros |= format.charAt(at) == '0';
                at++;
            }
            String width = digits();
            boolean precise = at < format.length() && format.charAt(at) == '.';
            at += precise ? 1 : 0;
            String precision = precise ? digits() : "";
            if (at >= format.length()) {
                return Optional.of(ERROR);
            }
            char letter = format.charAt(at++);
            if (width.length() > LONGEST_NUMBER || precision.length() > LONGEST_NUMBER) {
                return Optional.empty();
            }
            if ("dxXfsc%".indexOf(letter) < 0) {
                return Optional.of(ERROR);
            }
            if (letter == '%') {
                return zeros || precise || !width.isEmpty() || left ? Optional.empty() : Optional.of("%");
            }
            if (zeros && (letter == 's' || letter == 'c') || letter == 'c' && precise || zeros && left) {
                return Optional.empty();
            }
            if (used >= values.length) {
                return Optional.of(ERROR);
            }
            var value = values[used++];
            int decimals = !precise ? -1 : precision.isEmpty() ? 0 : Integer.parseInt(precision);
            var body = body(letter, value, decimals);
            if (body.isEmpty() || body.get().equals(ERROR)) {
                return body;
            }
            if (zeros && (precise && letter != 'f' || body.get().contains("n"))) {
                return Optional.empty(); // C pads with spaces here; the description says nothing
            }
            return Optional.of(pad(body.get(), width.isEmpty() ? 0 : Integer.parseInt(width), left, zeros));
        }

        private String digits() {
            int start = at;
            while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
                at++;
            }
            return format.substring(start, at);
        }

        private static String pad(String body, int width, boolean left, boolean zeros) {
            int missing = Math.max(0, width - body.length());
            if (left) {
                return body + " ".repeat(missing);
            }
            if (!zeros) {
                return " ".repeat(missing) + body;
            }
            int sign = body.startsWith("-") ? 1 : 0;
            return body.substring(0, sign) + "0".repeat(missing) + body.substring(sign);
        }

        private static Optional<String> body(char letter, Object value, int precision) {
            boolean whole = value instanceof Integer || value instanceof Long;
            return switch (letter) {
                case 'd', 'x', 'X' -> {
                    if (!whole) {
                        yield Optional.of(ERROR);
                    }
                    long number = ((Number) value).longValue();
                    if (number == 0 && precision == 0) {
                        yield Optional.empty();
                    }
                    String digits = letter == 'd'
                            ? Long.toString(number).replace("-", "")
                            : value instanceof Integer small ? Integer.toHexString(small) : Long.toHexString(number);
                    digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
                    yield Optional.of(
                            letter == 'd'
                                    ? (number < 0 ? "-" : "") + digits
                                    : letter == 'X' ? digits.toUpperCase(Locale.ROOT) : digits);
                }
                case 'f' -> {
                    if (!(value instanceof Double real)) {
                        yield Optional.of(ERROR);
                    }
                    if (real.isNaN() || real.isInfinite()) {
                        yield Optional.of(real.isNaN() ? "nan" : real > 0 ? "inf" : "-inf");
                    }
                    var exact = new BigDecimal(real).setScale(precision < 0 ? 6 : precision, RoundingMode.HALF_EVEN);
                    String sign = Double.doubleToRawLongBits(real) < 0 ? "-" : "";
                    yield Optional.of(sign + exact.abs().toPlainString());
                }
                case 's' -> {
                    if (!(value instanceof String text)) {
                        yield Optional.of(ERROR);
                    }
                    yield Optional.of(precision < 0 || precision > text.length() ? text : text.substring(0, precision));
                }
                default -> {
                    if (!whole || ((Number) value).longValue() < 0 || ((Number) value).longValue() > 255) {
                        yield Optional.of(ERROR);
                    }
                    yield Optional.of("" + (char) ((Number) value).longValue());
                }
            };
        }
    }

    @Override
    public List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        Stream.of(
                        "%d",
                        "%5d|%-5d|%05d",
                        "%x %X",
                        "%.3f %f",
                        "%s %.2s|%10s",
                        "%c",
                        "%% %d",
                        "100%",
                        "%",
                        "%.",
                        "%q",
                        "% d")
                .forEach(format -> {
                    for (int kind = 0; kind < KINDS; kind++) {
                        var seed = new byte[5 + format.length()];
                        seed[0] = (byte) kind;
                        seed[1] = (byte) (3 * kind);
                        seed[2] = (byte) (41 * kind);
                        System.arraycopy(format.getBytes(StandardCharsets.US_ASCII), 0, seed, 5, format.length());
                        seeds.add(seed);
                    }
                });
        return seeds;
    }

    @Override
    public List<String> dictionary() {
        return List.of("%d", "%x", "%X", "%f", "%s", "%c", "%%", "%-", "%0", ".", "10", "9999", "%08d", "%.3f");
    }

    @Override
    public int rounds() {
        return 3_000;
    }
}
