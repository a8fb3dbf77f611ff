package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs the load generator and parses its output. */
final class Load {

    private static final int TRIES = 5;

    private final Workspace workspace;
    private final Options options;

    Load(Workspace workspace, Options options) {
        this.workspace = workspace;
        this.options = options;
    }

    /** {@return {@code per_s}, {@code p50_us} and so on, with a constant number of requests in flight} */
    Map<String, Double> closed(
            int port, int size, int window, int sockets, double warmup, double seconds, boolean pinned) {
        return run(pinned, "closed", port, size, window, sockets, warmup, seconds);
    }

    /** {@return {@code sent}, {@code lost} and so on, at a constant rate} */
    Map<String, Double> open(int port, int size, double rate, double seconds) {
        return run(true, "open", port, size, rate, seconds);
    }

    /** {@return milliseconds until the first echo of a command's server on this port} */
    double start(int port, List<String> command) {
        return timed(List.of("start", Integer.toString(port)), command);
    }

    /** {@return milliseconds that a command takes} */
    double time(List<String> command) {
        return timed(List.of("time"), command);
    }

    private double timed(List<String> how, List<String> command) {
        var all = new ArrayList<>(List.of(workspace.loadProgram()));
        all.addAll(how);
        all.addAll(command);
        return read(Commands.run(all)).get("ms");
    }

    private Map<String, Double> run(boolean pinned, Object... arguments) {
        var command = new ArrayList<>(List.of(workspace.loadProgram()));
        for (var argument : arguments) {
            command.add(
                    argument instanceof Double number
                            ? String.format(Locale.ROOT, "%.3f", number)
                            : argument.toString());
        }
        var whole = workspace.pinned(command, pinned, 1);
        for (int i = 1; ; i++) {
            var output = Commands.tryRun(whole);
            var values = read(output.text());
            if (output.code() == 0) {
                return values;
            }
            // On a busy machine a server may not run at all in the short time of a smoke test.
            boolean silence = values.getOrDefault("answered", 1.0) == 0 && values.getOrDefault("damaged", 1.0) == 0;
            if (!options.smoke() || !silence || i == TRIES) {
                throw new BenchException(
                        String.join(" ", whole) + "\nended with " + output.code() + ": " + output.text());
            }
        }
    }

    private static Map<String, Double> read(String text) {
        var values = new HashMap<String, Double>();
        for (var word : text.strip().split("\\s+")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                try {
                    values.put(word.substring(0, equals), Double.valueOf(word.substring(equals + 1)));
                } catch (NumberFormatException e) {
                    // printed by the measured command
                }
            }
        }
        return values;
    }
}
