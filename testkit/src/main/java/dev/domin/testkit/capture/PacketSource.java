package dev.domin.testkit.capture;

import java.io.IOException;

/** Reads the packets of one file format. */
interface PacketSource {

    /**
     * Reads the next packet.
     *
     * @param packet is filled with it; its bytes are valid until the next call
     * @return whether there was another one; false at the end of the file, also in the middle of a packet
     * @throws CaptureFormatException if the file is damaged
     * @throws IOException if the file cannot be read
     */
    boolean next(RawPacket packet) throws IOException;

    /** {@return the name of the format} */
    String format();

    /** {@return how many parts of the file were left out because their kind is unknown} */
    long unknownBlocks();
}
