package dev.domin.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads faults from a text; see {@link Faults#apply}. */
final class FaultSpec {

    private static final String KEYS =
            "loss, delay, drop, drop-every, duplicate, reorder, corrupt, truncate, rate, profile, seed";
    private static final Pattern TIME = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s)");
    private static final Pattern RATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kmg]?)bit(?:/s)?");

    /** What is a number here; Java's own methods also accept the digits of other scripts, and 0x1p3 and 5d. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");

    private final String item;
    private final String key;
    private final String value;
    private final boolean in;
    private final boolean out;

    private FaultSpec(String item, String key, String value, boolean in, boolean out) {
        this.item = item;
        this.key = key;
        this.value = value;
        this.in = in;
        this.out = out;
    }

    /** {@return what adds each item's rules} */
    static List<Consumer<Faults>> parse(String text) {
        List<Consumer<Faults>> found = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            if (item.isBlank()) {
                throw new IllegalArgumentException("an item of the faults `" + text
                        + "` is empty: write KEY=VALUE items with" + " a comma between, such as loss=5%,delay=20ms");
            }
            found.add(split(item.strip()).parse());
        }
        return found;
    }

    private static FaultSpec split(String item) {
        int equals = item.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "the fault `" + item + "` has no value: write KEY=VALUE, such as loss=5%");
        }
        String key = item.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        boolean in = key.startsWith("in.");
        boolean out = key.startsWith("out.");
        if (in || out) {
            key = key.substring(key.indexOf('.') + 1);
        }
        boolean either = !in && !out;
        boolean requestsOnly = key.startsWith("drop");
        return new FaultSpec(
                item, key, item.substring(equals + 1).strip(), in || either, out || either && !requestsOnly);
    }

    private Consumer<Faults> parse() {
        return switch (key) {
            case "loss" -> chance((rules, share) -> rules.chance(share).drop());
            case "duplicate" -> chance((rules, share) -> rules.chance(share).duplicate());
            case "corrupt" -> chance((rules, share) -> rules.chance(share).corrupt());
            case "reorder" -> chance((rules, share) -> rules.chance(share).reorder());
            case "delay" -> delay();
            case "drop" -> number(1, (rules, n) -> rules.nth(n).drop());
            case "drop-every" -> number(1, (rules, n) -> rules.every(n).drop());
            case "truncate" -> number(0, (rules, n) -> rules.always().truncate(n.intValue()));
            case "rate" -> rate();
            case "profile" -> profile();
            case "seed" -> seed();
            default -> throw new IllegalArgumentException("unknown fault `" + item + "`; there are " + KEYS);
        };
    }

    private Consumer<Faults> chance(BiConsumer<FaultRules, Double> add) {
        double share = share();
        return both(rules -> add.accept(rules, share));
    }

    private Consumer<Faults> number(long least, BiConsumer<FaultRules, Long> add) {
        long number = wholeNumber(least);
        return both(rules -> add.accept(rules, number));
    }

    private Consumer<Faults> delay() {
        String[] parts = value.split("±|\\+-|\\+/-", 2);
        Duration time = time(parts[0].strip());
        Duration jitter = parts.length == 1 ? Duration.ZERO : time(parts[1].strip());
        return both(rules -> rules.always().delay(time, jitter));
    }

    private Consumer<Faults> rate() {
        Matcher found = RATE.matcher(value.toLowerCase(Locale.ROOT));
        if (!found.matches()) {
            throw bad("a bandwidth, such as 512kbit or 1mbit");
        }
        double unit = switch (found.group(2)) {
            case "k" -> 1e3;
            case "m" -> 1e6;
            case "g" -> 1e9;
            default -> 1;
        };
        long bits = (long) (Double.parseDouble(found.group(1)) * unit);
        if (bits < 1) {
            throw bad("a bandwidth of at least 1bit");
        }
        return both(rules -> rules.limitRate(bits));
    }

    private Consumer<Faults> profile() {
        Profile link = Profile.named(value);
        return both(link::addTo);
    }

    private Consumer<Faults> seed() {
        if (!in || !out) {
            throw new IllegalArgumentException("the fault `" + item + "` is for both directions: write seed=" + value);
        }
        long number = wholeNumber(Long.MIN_VALUE);
        return faults -> faults.seed(number);
    }

    private Consumer<Faults> both(Consumer<FaultRules> add) {
        return faults -> {
            if (in) {
                add.accept(faults.requests());
            }
            if (out) {
                add.accept(faults.replies());
            }
        };
    }

    private double share() {
        boolean percent = value.endsWith("%");
        Matcher digits =
                NUMBER.matcher(percent ? value.substring(0, value.length() - 1).strip() : value);
        if (digits.matches()) {
            double number = Double.parseDouble(digits.group());
            if (!percent && number >= 1) {
                throw bad("a chance with its unit, such as 1%, or a fraction below 1, such as 0.01");
            }
            double share = percent ? number / 100 : number;
            if (share >= 0 && share <= 1) {
                return share;
            }
        }
        throw bad("a chance from 0% to 100%");
    }

    private long wholeNumber(long least) {
        try {
            long number = Long.parseLong(value);
            if (NUMBER.matcher(value).matches()
                    && number >= least
                    && (least == Long.MIN_VALUE || number <= Integer.MAX_VALUE)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw bad(least == Long.MIN_VALUE ? "a whole number" : "a whole number from " + least);
    }

    private Duration time(String text) {
        Matcher found = TIME.matcher(text);
        if (!found.matches()) {
            throw bad("a time with a unit, such as 20ms, 1.5s or 300us");
        }
        double unit = switch (found.group(2)) {
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "us", "µs" -> 1e3;
            default -> 1;
        };
        Duration time = Duration.ofNanos((long) (Double.parseDouble(found.group(1)) * unit));
        if (time.compareTo(FaultAction.MAX_TIME) > 0) {
            throw bad("a time of at most 24 hours, which are 86400s");
        }
        return time;
    }

    private IllegalArgumentException bad(String wanted) {
        return new IllegalArgumentException("the fault `" + item + "` takes " + wanted + ", got `" + value + "`");
    }
}
