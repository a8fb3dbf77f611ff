package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.domin.udp.transport.PacketBuffer;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A packet, its buffer, its state and its answer. Reused for later packets. */
final class Packet implements AdvancedDatagram {

    private final Answers answers;
    private final Lifecycle lifecycle;
    private final PacketBuffer buffer;
    private final PacketState state;
    private byte @Nullable [] replyBytes;
    private int replyOffset;
    private int replyLength;
    private @Nullable Fate failure; // null unless the work failed
    private volatile boolean cancelled;
    private volatile @Nullable Object attachment;

    Packet(Answers answers, Lifecycle lifecycle, Accounts accounts, int headroom) {
        this.answers = answers;
        this.lifecycle = lifecycle;
        this.buffer = new PacketBuffer(headroom);
        this.state = new PacketState(accounts, buffer, lifecycle.machine());
    }

    PacketBuffer buffer() {
        return buffer;
    }

    PacketState state() {
        return state;
    }

    /** Clears the answer and the failure of the last packet in this buffer. */
    void reset() {
        replyBytes = null;
        failure = null;
        if (cancelled) {
            cancelled = false;
        }
    }

    /** Records why the work failed. */
    void fail(Fate why) {
        failure = why;
    }

    /** Records that the endpoint closes and the handler is asked to return. May be called from any thread. */
    void cancel() {
        cancelled = true;
    }

    /** {@return why the work failed, or null} */
    @Nullable
    Fate failure() {
        return failure != null && cancelled ? Fate.CLOSED : failure;
    }

    boolean hasReply() {
        return replyBytes != null;
    }

    /** {@return the array with the answer, where there is one} */
    byte[] replyBytes() {
        return Objects.requireNonNull(replyBytes);
    }

    int replyOffset() {
        return replyOffset;
    }

    int replyLength() {
        return replyLength;
    }

    @Override
    public byte[] payload() {
        return Arrays.copyOfRange(buffer.array(), buffer.offset(), buffer.offset() + buffer.length());
    }

    @Override
    public String text() {
        return new String(buffer.array(), buffer.offset(), buffer.length(), UTF_8);
    }

    @Override
    public InetSocketAddress sender() {
        return buffer.sender();
    }

    @Override
    public int senderHost() {
        return buffer.senderHost();
    }

    @Override
    public int senderPort() {
        return buffer.senderPort();
    }

    @Override
    public byte[] array() {
        return buffer.array();
    }

    @Override
    public int offset() {
        return buffer.offset();
    }

    @Override
    public int length() {
        return buffer.length();
    }

    @Override
    public void reply(byte[] payload) {
        reply(payload, 0, payload.length);
    }

    @Override
    public void reply(String text) {
        reply(text.getBytes(UTF_8));
    }

    @Override
    public void reply(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        checkPayload(length);
        replyBytes = bytes;
        replyOffset = offset;
        replyLength = length;
    }

    @Override
    public void drop() {
        failure = Fate.FAILED;
    }

    @Override
    public boolean begin() {
        return state.begin(lifecycle);
    }

    @Override
    public long deadlineNanos() {
        return state.deadlineNanos();
    }

    @Override
    public long startNanos() {
        long deadline = state.deadlineNanos();
        return deadline == NO_DEADLINE ? NO_DEADLINE : deadline - lifecycle.timeoutNanos();
    }

    @Override
    public void flushAnswers() {
        answers.flush(false);
    }

    @Override
    public @Nullable Object attachment() {
        return attachment;
    }

    @Override
    public void attach(Object object) {
        attachment = object;
    }

    static void checkPayload(int length) {
        if (length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "a datagram carries at most " + MAX_PAYLOAD + " bytes, got " + length + ": send less at a time");
        }
    }
}
