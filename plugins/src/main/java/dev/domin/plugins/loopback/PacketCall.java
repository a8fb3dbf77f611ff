package dev.domin.plugins.loopback;

import dev.domin.spi.Blob;
import dev.domin.spi.Callback;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.ScriptError;
import dev.domin.spi.Turn;
import dev.domin.spi.engine.BlobAccess;
import dev.domin.udp.AdvancedDatagram;
import dev.domin.udp.Datagram;

/**
 * Delivers packets to a callback, one at a time, without allocating anything per packet. Each packet buffer has one, as
 * its attachment.
 */
final class PacketCall implements Turn, PacketOrigin {

    private final PacketHandler handler;
    private final AdvancedDatagram datagram;
    private final CallbackCall call;
    private final boolean answering;
    private final Blob blob = new Blob();
    private volatile boolean cancelled;

    PacketCall(PacketHandler handler, AdvancedDatagram datagram, Callback callback, boolean answering) {
        this.handler = handler;
        this.datagram = datagram;
        this.call = callback.newCall();
        this.answering = answering;
    }

    /** Runs the callback for the packet in the buffer, and sets the reply of the packet. */
    void deliver() {
        byte[] host = PacketLayout.hostText(datagram.senderHost());
        int headerLength = PacketLayout.HOST_OFFSET + host.length;
        byte[] packet = headerLength == datagram.offset() ? datagram.array() : copyBehind(headerLength);
        PacketLayout.writeHeader(packet, datagram.senderPort(), host);
        int packetLength = headerLength + datagram.length();
        BlobAccess.borrow(blob, packet, packetLength);
        var outcome = call.run(blob, this);
        if (outcome != CallbackCall.Outcome.RETURNED) {
            datagram.drop();
            if (outcome == CallbackCall.Outcome.CANCELLED && cancelled) {
                handler.cancelled(datagram.startNanos());
            }
        } else if (answering && call.result() != 0) {
            if (!blob.wasAssigned()) {
                datagram.reply(packet, headerLength, packetLength - headerLength);
            } else if (blob.length() <= Datagram.MAX_PAYLOAD) {
                datagram.reply(blob.array(), 0, blob.length());
            } else {
                call.fail(tooLong(blob.length()), this);
                datagram.drop();
            }
        }
    }

    void cancel() {
        cancelled = true;
        call.cancel();
    }

    @Override
    public long deadlineNanos() {
        return datagram.deadlineNanos();
    }

    @Override
    public boolean begin() {
        return datagram.begin();
    }

    @Override
    public void blocking() {
        datagram.flushAnswers();
    }

    @Override
    public String origin() {
        return "packet from " + PacketLayout.hostName(datagram.senderHost()) + ":" + datagram.senderPort();
    }

    @Override
    public long serverId() {
        return answering ? handler.endpointId() : 0;
    }

    /**
     * Copies the payload, for a sender whose address text does not have the length reserved in front of the payload.
     */
    private byte[] copyBehind(int headerLength) {
        byte[] packet = new byte[headerLength + datagram.length()];
        System.arraycopy(datagram.array(), datagram.offset(), packet, headerLength, datagram.length());
        return packet;
    }

    private static ScriptError tooLong(int length) {
        return new ScriptError(
                "the reply has " + length + " bytes, but a UDP packet carries at most " + Datagram.MAX_PAYLOAD,
                "send less, or return 0 to send nothing");
    }
}
