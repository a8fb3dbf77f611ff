package dev.domin.plugins.random;

import dev.domin.plugins.bytes.Entropy;
import dev.domin.spi.Blob;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;

/** One generator for a run, shared by {@code main} and all callbacks. */
@ScriptPlugin(
        namespace = "random",
        library = "RandomPlugin",
        path = "../plugins/random/RandomPlugin",
        doc = "Pseudo-random numbers by xoshiro256++, one generator for the whole script. The same "
                + "seed gives the same numbers on every machine; without a seed they differ in each run. "
                + "Not for secrets.")
public final class RandomPlugin implements Plugin {

    private static final int STATE_BYTES = Xoshiro256PlusPlus.STATE_WORDS * Long.BYTES;

    private final Xoshiro256PlusPlus generator = new Xoshiro256PlusPlus();
    private boolean seeded;

    @ScriptFunction(
            name = "Seed",
            doc = "Starts the sequence of a seed: the same seed gives the same numbers. The "
                    + "generator's state is filled by SplitMix64, so the sequence is the published one.",
            example = """
                    random.Seed(42);
                    printf("%d %d\\n", random.Int(1, 6), random.Int(1, 6));""",
            output = "5 2\n")
    public void seed(@Param(value = "seed", doc = "Any number.") long seed) {
        generator.seed(seed);
        seeded = true;
    }

    @ScriptFunction(
            name = "AutoSeed",
            doc = "Starts a sequence from a random seed of the operating system. A generator without a "
                    + "seed does the same at its first use.",
            returns = "The seed; passing it to Seed repeats the sequence.",
            example = """
                    i64 $seed = random.AutoSeed();
                    i64 $n = random.Int(1, 1000000);
                    random.Seed($seed);
                    printf("%d\\n", random.Int(1, 1000000) == $n);""",
            output = "1\n")
    public long autoSeed() {
        long taken = Entropy.nextLong();
        seed(taken);
        return taken;
    }

    @ScriptFunction(
            name = "Int",
            doc = "Returns a random integer from min to max, both included, each equally likely. The "
                    + "whole i64 range is allowed.",
            returns = "The number.",
            errors = "A min above max stops the script.",
            example = """
                    random.Seed(1);
                    printf("%d %d\\n", random.Int(-10, 10), random.Int(7, 7));""",
            output = "7 7\n")
    public long pickInt(
            @Param(value = "min", doc = "The lowest number.") long min,
            @Param(value = "max", doc = "The highest number.") long max) {
        if (min > max) {
            throw new ScriptError("min is " + min + ", which is above max, " + max);
        }
        return min + ready().nextBelow(max - min + 1);
    }

    @ScriptFunction(
            name = "Double",
            doc = "Returns a random double from 0 (included) to 1 (excluded), one of the 2^53 "
                    + "multiples of 2^-53, each equally likely.",
            returns = "The number.",
            example = """
                    random.Seed(1);
                    printf("%.6f\\n", random.Double());""",
            output = "0.811612\n")
    public double pickDouble() {
        return ready().nextDouble();
    }

    @ScriptFunction(
            name = "Range",
            doc = "Returns a random double from min (included) to max (excluded): min plus a number of "
                    + "random.Double times max minus min. For integers use random.Int.",
            returns = "The number.",
            errors = "A max that is not above min, and an infinite or undefined number, stop the script.",
            example = """
                    random.Seed(1);
                    printf("%.4f %.4f\\n", random.Range(-0.5, 0.5), random.Range(10, 20));""",
            output = "0.3116 17.4710\n")
    public double pickRange(
            @Param(value = "min", doc = "The lowest number.") double min,
            @Param(value = "max", doc = "The number above all results.") double max) {
        if (!Double.isFinite(min) || !Double.isFinite(max)) {
            throw new ScriptError("min and max must be finite, but are " + min + " and " + max);
        }
        if (min >= max) {
            throw new ScriptError("max is " + max + ", but must be above min, " + min);
        }
        double fraction = ready().nextDouble();
        double width = max - min;
        double picked = Double.isFinite(width)
                ? min + fraction * width
                : (min / 2 + fraction * (max / 2 - min / 2)) * 2; // max minus min is larger than any double
        return picked < max ? picked : Math.nextDown(max); // rounding may have reached max
    }

    @ScriptFunction(
            name = "SaveState",
            doc = "Returns the state of the generator, for LoadState. The blob has its four 64-bit "
                    + "words, little-endian.",
            returns = "A blob of 32 bytes.",
            example = """
                    blob $state[32];
                    $state = random.SaveState();
                    i64 $n = random.Int(1, 1000000);
                    random.LoadState($state);
                    printf("%d\\n", random.Int(1, 1000000) == $n);""",
            output = "1\n")
    public Blob saveState() {
        long[] state = ready().state();
        byte[] bytes = new byte[STATE_BYTES];
        for (int i = 0; i < STATE_BYTES; i++) {
            bytes[i] = (byte) (state[i / Long.BYTES] >>> Byte.SIZE * (i % Long.BYTES));
        }
        return Blob.of(bytes);
    }

    @ScriptFunction(
            name = "LoadState",
            doc = "Continues the sequence from a saved state.",
            errors = "A blob that does not have 32 bytes, or has only zeros, stops the script.",
            example = """
                    blob $state[32];
                    $state[0] = 1;
                    random.LoadState($state);
                    printf("%d\\n", random.Int(0, 1) + 1 > 0);""",
            output = "1\n")
    public void loadState(@Param(value = "state", doc = "A blob that SaveState returned.") Blob state) {
        if (state.length() != STATE_BYTES) {
            throw new ScriptError("a state has " + STATE_BYTES + " bytes, this blob has " + state.length());
        }
        byte[] bytes = state.array();
        long[] words = new long[Xoshiro256PlusPlus.STATE_WORDS];
        long all = 0;
        for (int i = 0; i < STATE_BYTES; i++) {
            words[i / Long.BYTES] |= (bytes[i] & 0xFFL) << Byte.SIZE * (i % Long.BYTES);
            all |= bytes[i];
        }
        if (all == 0) {
            throw new ScriptError(
                    "a state of only zeros would always give zeros",
                    "load a blob that random.SaveState returned, or start with random.Seed");
        }
        generator.restore(words);
        seeded = true;
    }

    private Xoshiro256PlusPlus ready() {
        if (!seeded) {
            autoSeed();
        }
        return generator;
    }
}
