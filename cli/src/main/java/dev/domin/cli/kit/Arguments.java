package dev.domin.cli.kit;

import dev.domin.cli.files.FileErrors;
import dev.domin.cli.usage.Option;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The options and operands of a command.
 *
 * @param options the options with their values; a flag has none
 * @param operands the words that are no options
 */
public record Arguments(Map<Option, List<String>> options, List<String> operands) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_PAYLOAD = 65_507;

    // Java's own methods also accept the digits of other scripts, blanks, 0x1p3 and 5d.
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern NUMBER = Pattern.compile("(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

    /** {@return whether an option is given} */
    boolean has(Option option) {
        return options.containsKey(option);
    }

    /** {@return the values of an option} */
    List<String> all(Option option) {
        return options.getOrDefault(option, List.of());
    }

    /** {@return the last value of an option} */
    Optional<String> last(Option option) {
        var values = all(option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /** Checks the number of operands. */
    void checkOperands(int least, int most, String wanted) throws ToolException {
        if (operands.size() < least) {
            throw ToolException.usage(wanted);
        }
        if (operands.size() > most) {
            throw ToolException.usage(wanted + "; this is one more: " + operands.get(most));
        }
    }

    /** {@return the port that an option names; 0 if it is not given} */
    int port(Option option, int least) throws ToolException {
        var text = last(option);
        return text.isEmpty() ? 0 : port(option.word(), text.get(), least);
    }

    /** {@return a port} */
    static int port(String name, String text, int least) throws ToolException {
        return (int) wholeNumber(name + " takes a port from " + least + " to " + MAX_PORT, text, least, MAX_PORT);
    }

    /** {@return the number that an option has} */
    long count(Option option, long otherwise) throws ToolException {
        var text = last(option);
        return text.isEmpty()
                ? otherwise
                : wholeNumber(option.word() + " takes a whole number from 1", text.get(), 1, Integer.MAX_VALUE);
    }

    static long wholeNumber(String wanted, String text, long least, long most) throws ToolException {
        if (WHOLE_NUMBER.matcher(text).matches()) {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw ToolException.usage(wanted + ", got `" + text + "`");
    }

    /** {@return the positive number that an option has} */
    double number(Option option, double otherwise) throws ToolException {
        var text = last(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (NUMBER.matcher(text.get()).matches()) {
            double number = Double.parseDouble(text.get());
            if (number > 0 && number <= 1e9) {
                return number;
            }
        }
        throw ToolException.usage(option.word() + " takes " + option.wanted() + ", got `" + text.get() + "`");
    }

    /** {@return the time that an option has} */
    Duration time(Option option, Duration otherwise) throws ToolException {
        var text = last(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        String value = text.get();
        for (var unit :
                List.of(Map.entry("ms", 1_000_000L), Map.entry("s", 1_000_000_000L), Map.entry("m", 60_000_000_000L))) {
            String digits = value.substring(
                    0, Math.max(0, value.length() - unit.getKey().length()));
            if (value.endsWith(unit.getKey()) && NUMBER.matcher(digits).matches()) {
                double number = Double.parseDouble(digits);
                if (number * unit.getValue() <= 1e18) {
                    return Duration.ofNanos((long) (number * unit.getValue()));
                }
            }
        }
        throw ToolException.usage(option.word() + " takes " + option.wanted() + ", got `" + value + "`");
    }

    /** {@return the bytes of hexadecimal digits, which may have blanks or colons between the bytes} */
    static byte[] bytes(Option option, String digits) throws ToolException {
        String bare = digits.replaceAll("[\\s:]", "");
        try {
            return checkLength(HexFormat.of().parseHex(bare));
        } catch (IllegalArgumentException _) {
            throw ToolException.usage(
                    option.word() + " takes pairs of hexadecimal digits, such as '0a 0b ff', got `" + digits + "`");
        }
    }

    /** {@return a payload, which is not too long} */
    static byte[] checkLength(byte[] payload) throws ToolException {
        if (payload.length > MAX_PAYLOAD) {
            throw ToolException.usage("a UDP packet carries at most " + MAX_PAYLOAD + " bytes, got " + payload.length);
        }
        return payload;
    }

    /** {@return the path of a file} */
    static Path path(String name) throws ToolException {
        try {
            return FileErrors.path(name);
        } catch (InvalidPathException e) {
            throw ToolException.usage("cannot use the file " + name + ": " + FileErrors.reason(e));
        }
    }
}
