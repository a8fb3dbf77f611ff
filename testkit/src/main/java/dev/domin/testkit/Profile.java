package dev.domin.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A link as the same faults in both directions: its loss, delay, disorder and bandwidth. The constants are typical
 * values, not those of a certain network.
 *
 * @param name its name, for {@link Faults#apply} and messages
 * @param loss the share of packets that are lost, 0 to 1
 * @param delay the delay of one direction
 * @param jitter by how much the delay varies
 * @param duplicate the share of packets that come twice
 * @param reorder the share of packets that come behind the next one
 * @param bitsPerSecond the bandwidth of one direction; 0 for no limit
 */
public record Profile(
        String name,
        double loss,
        Duration delay,
        Duration jitter,
        double duplicate,
        double reorder,
        long bitsPerSecond) {

    /** A 3G connection with poor reception: 2 % loss, 75 to 225 ms each way, 1 Mbit/s. */
    public static final Profile LOSSY_3G =
            new Profile("lossy3g", 0.02, Duration.ofMillis(150), Duration.ofMillis(75), 0, 0, 1_000_000);

    /** A geostationary satellite: 0.5 % loss, about 300 ms each way, 10 Mbit/s. */
    public static final Profile SATELLITE =
            new Profile("satellite", 0.005, Duration.ofMillis(300), Duration.ofMillis(10), 0, 0, 10_000_000);

    /** A busy wireless network: 1 % loss, 1 to 5 ms each way, some disorder, 50 Mbit/s. */
    public static final Profile WIFI =
            new Profile("wifi", 0.01, Duration.ofMillis(3), Duration.ofMillis(2), 0.001, 0.005, 50_000_000);

    private static final List<Profile> ALL = List.of(LOSSY_3G, SATELLITE, WIFI);

    /**
     * Finds one of the constants.
     *
     * @param name its name, such as {@code wifi}
     * @return the profile
     * @throws IllegalArgumentException if there is none
     */
    public static Profile named(String name) {
        for (Profile profile : ALL) {
            if (profile.name.equals(name.toLowerCase(Locale.ROOT))) {
                return profile;
            }
        }
        throw new IllegalArgumentException("unknown profile `" + name + "`; there are "
                + String.join(", ", ALL.stream().map(Profile::name).toList()));
    }

    void addTo(FaultRules rules) {
        if (loss > 0) {
            rules.chance(loss).drop();
        }
        if (duplicate > 0) {
            rules.chance(duplicate).duplicate();
        }
        if (reorder > 0) {
            rules.chance(reorder).reorder();
        }
        if (bitsPerSecond > 0) {
            rules.limitRate(bitsPerSecond);
        }
        if (!delay.isZero() || !jitter.isZero()) {
            rules.always().delay(delay, jitter);
        }
    }
}
