package dev.domin.udp;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * How an endpoint is to behave. Start from {@link #DEFAULTS} and change what differs.
 *
 * @param port the port to bind on 127.0.0.1, 1 to 65535; 0 lets the system choose one
 * @param timeoutMillis how long a packet may take from the moment the receiver takes it up, 0 to 2147483647
 *     milliseconds; 0 behaves as 1; -1 waits without end
 * @param headroom bytes kept free before the payload in {@link Datagram#bytes}, for the handler's use
 * @param handlerWaits whether the handler waits for a turn of its own and calls {@link Datagram#begin} when it has it
 * @param threadName the name of the receiving thread; null names it after the port
 * @param stackSize the stack size of the endpoint's threads in bytes; 0 is the virtual machine's default
 * @param wantedReceiveBuffer the size in bytes of the socket's receive buffer to ask for; the system may grant less
 * @param maxBuffers how many packets may be in work at once, late ones included; buffers are made when first needed
 * @param closeGraceMillis how long a closing endpoint leaves running handlers alone before it cancels them, in
 *     milliseconds
 * @param batching whether packets are received and answers sent in batches; see {@link Batching}
 * @param spinMicros for how long at most the receiver polls for the next packet before it sleeps, in microseconds, where
 *     polling has paid lately; 0 never polls; -1 leaves it to the system property {@code dev.domin.udp.spinMicros}, and
 *     without that to the engine: a short time where there is more than one core. Only an endpoint that works in batches
 *     polls
 * @param onError told what a handler threw and what the socket refused, on the thread where it happened; null tells
 *     nobody. It must not wait; what it throws itself is ignored
 */
public record UdpOptions(
        int port,
        int timeoutMillis,
        int headroom,
        boolean handlerWaits,
        String threadName,
        long stackSize,
        int wantedReceiveBuffer,
        int maxBuffers,
        int closeGraceMillis,
        Batching batching,
        int spinMicros,
        Consumer<? super Throwable> onError) {

    private static final int LONGEST_SPIN_MICROS = 1_000_000;

    /** A port chosen by the system, no timeout, no headroom, 64 buffers, 8 MiB of receive buffer, 5 s of grace, batches under load. */
    public static final UdpOptions DEFAULTS =
            new UdpOptions(0, -1, 0, false, null, 0, 8 << 20, 64, 5000, Batching.AUTO, -1, null);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public UdpOptions {
        check("port", port, 0, 65_535);
        check("timeoutMillis", timeoutMillis, -1, Integer.MAX_VALUE);
        check("headroom", headroom, 0, 1 << 20);
        check("stackSize", stackSize, 0, Long.MAX_VALUE);
        check("wantedReceiveBuffer", wantedReceiveBuffer, 1, Integer.MAX_VALUE);
        check("maxBuffers", maxBuffers, 1, 65_536);
        check("closeGraceMillis", closeGraceMillis, 0, Integer.MAX_VALUE);
        Objects.requireNonNull(batching, "batching");
        check("spinMicros", spinMicros, -1, LONGEST_SPIN_MICROS);
    }

    /**
     * {@return these options with another port}
     *
     * @param value see {@link #port}
     */
    public UdpOptions withPort(int value) {
        return new UdpOptions(
                value,
                timeoutMillis,
                headroom,
                handlerWaits,
                threadName,
                stackSize,
                wantedReceiveBuffer,
                maxBuffers,
                closeGraceMillis,
                batching,
                spinMicros,
                onError);
    }

    /**
     * {@return these options with another timeout}
     *
     * @param value see {@link #timeoutMillis}
     */
    public UdpOptions withTimeoutMillis(int value) {
        return new UdpOptions(
                port,
                value,
                headroom,
                handlerWaits,
                threadName,
                stackSize,
                wantedReceiveBuffer,
                maxBuffers,
                closeGraceMillis,
                batching,
                spinMicros,
                onError);
    }

    /**
     * {@return these options with another headroom}
     *
     * @param value see {@link #headroom}
     */
    public UdpOptions withHeadroom(int value) {
        return new UdpOptions(
                port,
                timeoutMillis,
                value,
                handlerWaits,
                threadName,
                stackSize,
                wantedReceiveBuffer,
                maxBuffers,
                closeGraceMillis,
                batching,
                spinMicros,
                onError);
    }

    /**
     * {@return these options for a handler that waits for its turn, or for one that does not}
     *
     * @param value see {@link #handlerWaits}
     */
    public UdpOptions withHandlerWaits(boolean value) {
        return new UdpOptions(
                port,
                timeoutMillis,
                headroom,
                value,
                threadName,
                stackSize,
                wantedReceiveBuffer,
                maxBuffers,
                closeGraceMillis,
                batching,
                spinMicros,
                onError);
    }

    /**
     * {@return these options with another thread name}
     *
     * @param value see {@link #threadName}
     */
    public UdpOptions withThreadName(String value) {
        return new UdpOptions(
                port,
                timeoutMillis,
                headroom,
                handlerWaits,
                value,
                stackSize,
                wantedReceiveBuffer,
                maxBuffers,
                closeGraceMillis,
                batching,
                spinMicros,
                onError);
    }

    /**
     * {@return these options with another stack size}
     *
     * @param value see {@link #stackSize}
     */
    public UdpOptions withStackSize(long value) {
        return new UdpOptions(
                port,
                timeoutMillis,
                headroom,
                handlerWaits,
                threadName,
                value,
                wantedReceiveBuffer,
                maxBuffers,
                closeGraceMillis,
                batching,
                spinMicros,
                onError);
    }

    /**
     * {@return these options with another receive buffer to ask for}
     *
     * @param value see {@link #wantedReceiveBuffer}
     */
    public UdpOptions withWantedReceiveBuffer(int value) {
        return new UdpOptions(
                port,
                timeoutMillis,
                headroom,
                handlerWaits,
                threadName,
                stackSize,
                value,
                maxBuffers,
                closeGraceMillis,
                batching,
                spinMicros,
                onError);
    }

    /**
     * {@return these options with another number of buffers}
     *
     * @param value see {@link #maxBuffers}
     */
    public UdpOptions withMaxBuffers(int value) {
        return new UdpOptions(
                port,
                timeoutMillis,
                headroom,
                handlerWaits,
                threadName,
                stackSize,
                wantedReceiveBuffer,
                value,
                closeGraceMillis,
                batching,
                spinMicros,
                onError);
    }

    /**
     * {@return these options with another grace}
     *
     * @param value see {@link #closeGraceMillis}
     */
    public UdpOptions withCloseGraceMillis(int value) {
        return new UdpOptions(
                port,
                timeoutMillis,
                headroom,
                handlerWaits,
                threadName,
                stackSize,
                wantedReceiveBuffer,
                maxBuffers,
                value,
                batching,
                spinMicros,
                onError);
    }

    /**
     * {@return these options with batches or without}
     *
     * @param value see {@link #batching}
     */
    public UdpOptions withBatching(Batching value) {
        return new UdpOptions(
                port,
                timeoutMillis,
                headroom,
                handlerWaits,
                threadName,
                stackSize,
                wantedReceiveBuffer,
                maxBuffers,
                closeGraceMillis,
                value,
                spinMicros,
                onError);
    }

    /**
     * {@return these options with another time of polling}
     *
     * @param value see {@link #spinMicros}
     */
    public UdpOptions withSpinMicros(int value) {
        return new UdpOptions(
                port,
                timeoutMillis,
                headroom,
                handlerWaits,
                threadName,
                stackSize,
                wantedReceiveBuffer,
                maxBuffers,
                closeGraceMillis,
                batching,
                value,
                onError);
    }

    /**
     * {@return these options with someone who is told of errors}
     *
     * @param value see {@link #onError}
     */
    public UdpOptions withOnError(Consumer<? super Throwable> value) {
        return new UdpOptions(
                port,
                timeoutMillis,
                headroom,
                handlerWaits,
                threadName,
                stackSize,
                wantedReceiveBuffer,
                maxBuffers,
                closeGraceMillis,
                batching,
                spinMicros,
                value);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", got " + value);
        }
    }
}
