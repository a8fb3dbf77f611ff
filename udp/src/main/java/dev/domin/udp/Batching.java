package dev.domin.udp;

/**
 * Whether an endpoint receives packets and sends answers many at a time, by system calls that only Linux has. Where
 * these are not available (another system, or native access not enabled for the module of batches), {@link #AUTO} goes
 * on with one at a time. The endpoint behaves the same either way.
 */
public enum Batching {
    /**
     * One at a time at first, in batches once the endpoint has been busy. The system property {@value #PROPERTY}
     * changes this to {@code off} or {@code now} for all endpoints.
     */
    AUTO,
    /** Always one at a time. */
    OFF,
    /** In batches from the first packet; opening fails where that is not possible. */
    NOW;

    /** The system property that decides for {@link #AUTO}: {@code auto}, {@code off} or {@code now}. */
    public static final String PROPERTY = "dev.domin.udp.batching";

    /** {@return the choice after the system property has been applied} */
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
