package dev.domin.conformance.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes inputs at random, without looking at the coverage. The same seed gives the same input. */
final class Mutations {

    private final List<byte[]> seeds;
    private final List<String> dictionary;

    Mutations(List<byte[]> seeds, List<String> dictionary) {
        this.seeds = seeds;
        this.dictionary = dictionary;
    }

    byte[] make(long seed) {
        var random = new Random(seed);
        var data = any(random);
        for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
            data = change(data, random);
        }
        return data;
    }

    private byte[] any(Random random) {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] change(byte[] data, Random random) {
        int at = random.nextInt(data.length + 1);
        int to = Math.min(data.length, at + 1 + random.nextInt(16));
        return switch (random.nextInt(6)) {
            case 0 -> join(data, at, piece(random), at);
            case 1 -> join(data, at, piece(random), to);
            case 2 -> join(data, at, new byte[] {(byte) random.nextInt()}, Math.min(data.length, at + 1));
            case 3 -> join(data, at, new byte[0], to);
            case 4 -> join(data, at, Arrays.copyOfRange(data, at, to), at);
            default -> {
                var other = any(random);
                int from = random.nextInt(other.length + 1);
                yield join(
                        data,
                        at,
                        Arrays.copyOfRange(other, from, Math.min(other.length, from + 40)),
                        random.nextBoolean() ? at : data.length);
            }
        };
    }

    private byte[] piece(Random random) {
        if (dictionary.isEmpty()) {
            return new byte[] {(byte) random.nextInt(), (byte) random.nextInt()};
        }
        return dictionary.get(random.nextInt(dictionary.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] data, int end, byte[] middle, int start) {
        var joined = Arrays.copyOf(data, end + middle.length + data.length - start);
        System.arraycopy(middle, 0, joined, end, middle.length);
        System.arraycopy(data, start, joined, end + middle.length, data.length - start);
        return joined;
    }
}
