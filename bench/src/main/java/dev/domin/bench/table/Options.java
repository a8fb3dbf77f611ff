package dev.domin.bench.table;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run was asked for.
 *
 * @param rows the rows to measure, empty for all
 * @param rounds how often each peer takes its turn
 * @param warmup seconds of load before a measurement
 * @param seconds seconds that a measurement takes
 * @param smoke whether only to see that each part runs
 * @param write whether the table goes into the documentation instead of being printed
 */
record Options(Set<String> rows, int rounds, double warmup, double seconds, boolean smoke, boolean write) {

    static final String USAGE = """
            usage: bench/run [--only ROW[,ROW...]] [--rounds N] [--seconds S] [--warmup S] [--write | --smoke]
              --only ROW    measure these rows only: %s
              --rounds N    interleaved rounds (5)
              --seconds S   how long each loads and is measured (2)
              --warmup S    how long each is loaded before (2)
              --write       put table and chart into docs/ instead of printing the table; wants a quiet machine
              --smoke       run each part for a moment, to see that it works; its figures mean nothing
            """;

    static Options parse(String[] args, List<String> known) {
        var rows = new LinkedHashSet<String>();
        int rounds = 0;
        double warmup = 0;
        double seconds = 0;
        boolean smoke = false;
        boolean write = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--smoke" -> smoke = true;
                case "--write" -> write = true;
                case "--only" -> rows.addAll(Arrays.asList(value(args, ++i).split(",")));
                case "--rounds" -> rounds = (int) number(args, ++i);
                case "--seconds" -> seconds = number(args, ++i);
                case "--warmup" -> warmup = number(args, ++i);
                default -> throw new BenchException("unknown option " + args[i] + "; bench/run --help lists them");
            }
        }
        for (var row : rows) {
            if (!known.contains(row)) {
                throw new BenchException("no row is called " + row + "; there are " + String.join(", ", known));
            }
        }
        if (write && (smoke || !rows.isEmpty())) {
            throw new BenchException("--write takes the whole table, so it goes with neither --only nor --smoke");
        }
        return new Options(
                rows,
                rounds > 0 ? rounds : smoke ? 1 : 5,
                warmup > 0 ? warmup : smoke ? 0.05 : 2,
                seconds > 0 ? seconds : smoke ? 0.1 : 2,
                smoke,
                write);
    }

    boolean wants(String row) {
        return rows.isEmpty() || rows.contains(row);
    }

    /** {@return one number for a measurement, another for a smoke test} */
    int or(int whole, int inSmoke) {
        return smoke ? inSmoke : whole;
    }

    private static String value(String[] args, int i) {
        if (i >= args.length) {
            throw new BenchException(args[i - 1] + " wants a value");
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
            // said below
        }
        throw new BenchException(args[i - 1] + " wants a number above 0, got " + text);
    }
}
