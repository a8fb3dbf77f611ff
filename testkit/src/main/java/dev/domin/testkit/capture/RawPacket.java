package dev.domin.testkit.capture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A packet as it is in the file, with the headers of its link. A reader has one and fills it for each packet. */
final class RawPacket {

    /** The link type of a packet whose interface the file does not describe. */
    static final int NO_INTERFACE = -1;

    /** The link type of a record that Wireshark shows in its list, but that is no packet of a network. */
    static final int NO_PACKET = -2;

    /** The link type of a packet that is too long for UDP, so that its bytes were not read. */
    static final int TOO_LONG = -3;

    /** The packet's number, from 1 on. */
    long number;

    Instant time = Instant.EPOCH;

    /** The number of the interface in the file, 0 if there is only one. */
    int interfaceId;

    /** The link type as in the file, or one of the constants. */
    int linkType;

    /** An array that contains the packet. */
    byte[] bytes = {};

    /** Where it begins. */
    int offset;

    /** Where it ends. */
    int end;

    /** Whether the file has only the beginning of the packet. */
    boolean cut;

    @Nullable
    String comment;

    /**
     * Sets the bytes.
     *
     * @param array an array that contains the packet
     * @param from where it begins
     * @param captured how many bytes of it there are
     * @param original how many bytes the packet had on the network
     */
    void setBytes(byte[] array, int from, int captured, long original) {
        bytes = array;
        offset = from;
        end = from + captured;
        cut = captured < original;
    }

    /**
     * Sets what there is of a record whose bytes are not read.
     *
     * @param kind the reason, one of the constants
     */
    void setNone(int kind) {
        linkType = kind;
        interfaceId = 0;
        time = Instant.EPOCH;
        comment = null;
        setBytes(new byte[0], 0, 0, 0);
    }
}
