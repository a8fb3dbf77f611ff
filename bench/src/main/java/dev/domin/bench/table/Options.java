package dev.domin.bench.table;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a run.
 *
 * @param rows the rows to measure, empty for all
 * @param against another checkout of domin, which is measured in the same rounds
 * @param rounds the number of measurements of each peer
 * @param warmup seconds of load before a measurement
 * @param seconds duration of a measurement in seconds
 * @param smoke whether to check only that each part runs
 * @param write whether to write the table to the documentation instead of printing it
 */
record Options(
        Set<String> rows,
        Optional<Path> against,
        int rounds,
        double warmup,
        double seconds,
        boolean smoke,
        boolean write) {

    static final String USAGE = """
            usage: bench/run [--only ROW[,ROW...]] [--against DIR] [--rounds N] [--seconds S] [--warmup S]
                             [--write | --smoke]
              --only ROW     measure these rows only: %s
              --against DIR  measure the checkout of domin in DIR too, in the same rounds, and print how this one
                             differs from it; most other peers are left out
              --rounds N     interleaved rounds (5); start and hello, which are short, have four times as many
              --seconds S    how long each server is measured (2)
              --warmup S     how long each server is loaded before that (2)
              --write        put table and chart into docs/ instead of printing the table; needs a quiet machine
              --smoke        run each part for a moment, to see that it works; its figures mean nothing
            """;

    static Options parse(String[] args, List<String> known) {
        var rows = new LinkedHashSet<String>();
        int rounds = 0;
        double warmup = 0;
        double seconds = 0;
        boolean smoke = false;
        boolean write = false;
        Optional<Path> against = Optional.empty();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--smoke" -> smoke = true;
                case "--write" -> write = true;
                case "--only" -> rows.addAll(Arrays.asList(value(args, ++i).split(",")));
                case "--against" -> against = Optional.of(Path.of(value(args, ++i)));
                case "--rounds" -> rounds = (int) number(args, ++i);
                case "--seconds" -> seconds = number(args, ++i);
                case "--warmup" -> warmup = number(args, ++i);
                default ->
                    throw new BenchException("unknown option " + args[i] + "; bench/run --help lists the options");
            }
        }
        for (var row : rows) {
            if (!known.contains(row)) {
                throw new BenchException("unknown row " + row + "; the rows are " + String.join(", ", known));
            }
        }
        if (write && (smoke || against.isPresent() || !rows.isEmpty())) {
            throw new BenchException(
                    "--write writes the whole table, so it cannot be combined with --only, --against or --smoke");
        }
        return new Options(
                rows,
                against,
                rounds > 0 ? rounds : smoke ? 1 : 5,
                warmup > 0 ? warmup : smoke ? 0.05 : 2,
                seconds > 0 ? seconds : smoke ? 0.1 : 2,
                smoke,
                write);
    }

    boolean includes(String row) {
        return rows.isEmpty() || rows.contains(row);
    }

    /** {@return the number of measurements in the rows that take only a moment} */
    int manyRounds() {
        return smoke ? rounds : 4 * rounds;
    }

    /** {@return one number for a measurement, another for a smoke test} */
    int or(int whole, int inSmoke) {
        return smoke ? inSmoke : whole;
    }

    private static String value(String[] args, int i) {
        if (i >= args.length) {
            throw new BenchException(args[i - 1] + " needs a value");
        }
        return args[i];
    }

    private static double number(String[] args, int i) {
        var text = value(args, i);
        try {
            double number = Double.parseDouble(text);
            if (number > 0 && number < 10_000) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new BenchException(args[i - 1] + " needs a number above 0 and below 10,000, got " + text);
    }
}
