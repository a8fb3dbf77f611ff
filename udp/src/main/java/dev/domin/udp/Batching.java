package dev.domin.udp;

/**
 * Whether an endpoint takes packets from the system and gives answers to it many at a time, by system calls that only
 * Linux has. Where they are not to be had (another system, or native access not enabled for this module), {@link
 * #AUTO} stays with one at a time; an endpoint behaves the same either way.
 */
public enum Batching {
    /**
     * One at a time at first, in batches once the endpoint has been busy. The system property {@value #PROPERTY} can
     * make it {@code off} or {@code now} for all endpoints that leave the choice to the engine.
     */
    AUTO,
    /** Always one at a time. */
    OFF,
    /** In batches from the first packet; opening fails where that is not possible. */
    NOW;

    /** The system property that decides for {@link #AUTO}: {@code auto}, {@code off} or {@code now}. */
    public static final String PROPERTY = "dev.domin.udp.batching";

    /** {@return what to do, the property considered} */
    Batching resolve() {
        if (this != AUTO) {
            return this;
        }
        String value = System.getProperty(PROPERTY);
        if (value == null || value.equals("auto")) {
            return AUTO;
        }
        if (value.equals("off")) {
            return OFF;
        }
        if (value.equals("now")) {
            return NOW;
        }
        throw new IllegalArgumentException(
                "the system property " + PROPERTY + " must be auto, off or now, got " + value);
    }
}
