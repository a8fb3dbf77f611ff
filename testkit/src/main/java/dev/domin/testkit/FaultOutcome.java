package dev.domin.testkit;

import dev.domin.udp.UdpImpairment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of one packet: the sum of what the rules have done to it so far. */
final class FaultOutcome {

    private byte[] bytes;
    private int offset;
    private int length;
    private boolean lost;
    private long delayNanos;
    private long holdNanos; // until the next packet has passed; 0 if it does not wait for it
    private int copies = 1;
    private @Nullable Throwable problem; // of passing it on
    private final List<String> words = new ArrayList<>(2);

    FaultOutcome(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    void lose(String why) {
        lost = true;
        words.add(why);
    }

    void delay(long nanos, String why) {
        delayNanos += nanos;
        words.add(why);
    }

    void hold(long nanos, String why) {
        holdNanos = Math.max(holdNanos, nanos);
        words.add(why);
    }

    void duplicate(int more, String why) {
        copies += more;
        words.add(why);
    }

    void change(int index, int xor, String why) {
        bytes = Arrays.copyOfRange(bytes, offset, offset + length);
        offset = 0;
        bytes[index] ^= (byte) xor;
        words.add(why);
    }

    void cut(int size, String why) {
        length = size;
        words.add(why);
    }

    boolean isLost() {
        return lost;
    }

    int length() {
        return length;
    }

    int byteAt(int index) {
        return bytes[offset + index] & 0xff;
    }

    long delayNanos() {
        return delayNanos;
    }

    /** {@return how long it waits for the next packet at most; 0 if it does not} */
    long holdNanos() {
        return holdNanos;
    }

    /** {@return whether it comes later, not with the next packet} */
    boolean isDelayed() {
        return delayNanos > 0 && holdNanos == 0;
    }

    /** {@return whether no copy of it is passed on at once} */
    boolean isLater() {
        return delayNanos > 0 || holdNanos > 0;
    }

    /** {@return how often the packet is delivered} */
    int copies() {
        return lost ? 0 : copies;
    }

    /** {@return what was done, in words; empty if nothing was} */
    List<String> words() {
        return words;
    }

    /** {@return why it is lost} */
    String reason() {
        return words.get(words.size() - 1);
    }

    /**
     * Passes the packet on, as often and as late as it was decided.
     *
     * @param later is notified for each copy
     * @return how many copies are passed on; for the others there is no memory, or see {@link #problem}
     */
    int pass(UdpImpairment.Outlet outlet, UdpImpairment.Later later) {
        int passed = 0;
        try {
            for (int i = 0; i < copies(); i++) {
                boolean accepted = holdNanos > 0
                        ? outlet.passAfterNext(bytes, offset, length, delayNanos + holdNanos, later)
                        : outlet.pass(bytes, offset, length, delayNanos, later);
                passed += accepted ? 1 : 0;
            }
        } catch (Throwable e) { // no memory, or no thread
            problem = e;
        }
        return passed;
    }

    /** {@return what passing the packet on has thrown, or null} */
    @Nullable
    Throwable problem() {
        return problem;
    }

    /** {@return why a copy was not passed on} */
    String shortage() {
        return problem == null ? DelayedMemory.FULL : problem.toString();
    }
}
