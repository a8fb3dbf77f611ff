package dev.domin.bench.peer;

/** The computations of the table in plain Java: {@code Compute WORK TIMES SIZE}. */
public final class Compute {

    private Compute() {}

    private static int fib(int n) {
        return n < 2 ? n : fib(n - 1) + fib(n - 2);
    }

    private static long loop(int turns) {
        long s = 0;
        for (int i = 0; i < turns; i++) {
            long k = i % 1000;
            s += k * k % 7;
        }
        return s;
    }

    private static long sum(byte[] bytes) {
        long s = 0;
        for (int i = 0; i < bytes.length; i++) {
            s += bytes[i] & 0xff;
        }
        return s;
    }

    private static int sieve(int limit) {
        byte[] composite = new byte[limit + 1];
        int count = 0;
        for (int i = 2; i <= limit; i++) {
            if (composite[i] == 0) {
                count++;
                if (i <= 46340) {
                    for (int k = i * i; k <= limit; k += i) {
                        composite[k] = 1;
                    }
                }
            }
        }
        return count;
    }

    private static long strings(int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            String s = "";
            for (int k = 0; k < 200; k++) {
                s = s + (i + k) + ";";
            }
            sum += s.length() + s.charAt(i % s.length());
        }
        return sum;
    }

    /**
     * Runs one computation several times and prints each time the result and the time in milliseconds.
     *
     * @param args the work ({@code fib}, {@code loop}, {@code bytes}, {@code sieve}, {@code strings}), how often,
     *     its size
     */
    public static void main(String[] args) {
        int size = Integer.parseInt(args[2]);
        byte[] bytes = new byte[args[0].equals("bytes") ? size : 0];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        for (int times = Integer.parseInt(args[1]); times > 0; times--) {
            long start = System.nanoTime();
            long result = switch (args[0]) {
                case "fib" -> fib(size);
                case "loop" -> loop(size);
                case "bytes" -> sum(bytes);
                case "sieve" -> sieve(size);
                case "strings" -> strings(size);
                default -> throw new IllegalArgumentException("no such work: " + args[0]);
            };
            System.out.println("result " + result + " ms " + (System.nanoTime() - start) / 1e6);
        }
    }
}
