package dev.domin.udp;

/**
 * What only an {@link AdvancedHandler} needs.
 *
 * @param headroom bytes kept free before the payload in {@link Datagram#array}, for the handler's use, 0 to 1048576
 * @param stackSize the stack size of the endpoint's threads in bytes; 0 is the virtual machine's default
 */
public record AdvancedOptions(int headroom, long stackSize) {

    private static final int MAX_HEADROOM = 1 << 20;

    /** No headroom, and stacks of the default size. */
    public static final AdvancedOptions DEFAULTS = new AdvancedOptions(0, 0);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public AdvancedOptions {
        UdpOptions.check("headroom", headroom, 0, MAX_HEADROOM);
        UdpOptions.check("stackSize", stackSize, 0, Long.MAX_VALUE);
    }
}
