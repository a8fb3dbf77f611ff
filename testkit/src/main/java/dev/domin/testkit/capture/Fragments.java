package dev.domin.testkit.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the fragments of IP packets, in any order. What it keeps is bounded in number and bytes: the oldest packets
 * are given up first. As RFC 5722 requires, a packet is given up if its fragments overlap; a repeated fragment is
 * ignored. Not thread-safe.
 */
final class Fragments {

    /** The most packets that are kept. */
    static final int MAX_PACKETS = 1_000;

    /** The most bytes that are kept. */
    static final int MAX_BYTES = 16 << 20;

    /** Later fragments are of another packet, which has the same number by chance. */
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    private static final int MAX_LENGTH = 65_535;

    /** What a kept packet needs besides its bytes, approximately. */
    private static final int OVERHEAD = 512;

    private static final int UNIT = 8;

    private final Skipped skipped;

    /** In the order of their first fragments. */
    private final Map<Key, Pending> pending = new LinkedHashMap<>();

    private long keptBytes;
    private long keptFragments;
    private long joinedFragments;

    /** What the fragments of a packet have in common. */
    record Key(int version, long source, long source2, long destination, long destination2, int id, int interfaceId) {}

    /** A fragment. */
    static final class Piece {

        private final byte[] bytes;
        private final int from;
        private final int end;
        private final int position;
        private final boolean more;
        private final int protocol;

        /**
         * Creates a fragment.
         *
         * @param bytes an array that contains its data
         * @param from where the data begins
         * @param end where it ends
         * @param position its position in the packet
         * @param more whether it is not the last one
         * @param protocol the protocol of the packet, or the type of its first header
         */
        Piece(byte[] bytes, int from, int end, int position, boolean more, int protocol) {
            this.bytes = bytes;
            this.from = from;
            this.end = end;
            this.position = position;
            this.more = more;
            this.protocol = protocol;
        }

        private int length() {
            return end - from;
        }
    }

    /** A complete packet. */
    static final class Whole {

        final byte[] bytes;
        final int protocol;

        private Whole(Pending packet) {
            bytes = Arrays.copyOf(packet.bytes, packet.length);
            protocol = packet.protocol;
        }
    }

    private static final class Pending {

        final Instant time;
        byte[] bytes = {};

        /** The units of 8 bytes that are there. */
        final BitSet units = new BitSet();

        /** How many bytes are there. */
        int filled;

        /** The length of the packet; negative while it is unknown. */
        int length = -1;

        /** The end of the last byte that is there. */
        int last;

        int protocol;
        int fragments;
        boolean contradictory;

        Pending(Instant time, int protocol) {
            this.time = time;
            this.protocol = protocol;
        }

        int size() {
            return bytes.length + OVERHEAD;
        }
    }

    /**
     * Creates an empty set of fragments.
     *
     * @param skipped counts the fragments that are not used
     */
    Fragments(Skipped skipped) {
        this.skipped = skipped;
    }

    /** {@return how many fragments are kept} */
    long kept() {
        return keptFragments;
    }

    /** {@return how many fragments were joined to others, without the one that completed each packet} */
    long joined() {
        return joinedFragments;
    }

    /** {@return approximately how many bytes are kept} */
    long keptBytes() {
        return keptBytes;
    }

    /**
     * Adds a fragment.
     *
     * @param key the packet that it belongs to
     * @param piece the fragment; its data is copied
     * @param time when it was captured
     * @return the packet if it is complete now, otherwise null
     */
    @Nullable
    Whole add(Key key, Piece piece, Instant time) {
        if (piece.length() == 0
                || piece.position + piece.length() > MAX_LENGTH
                || piece.more && piece.length() % UNIT != 0) {
            skipped.add(SkipReason.Kind.WRONG_LENGTH.reason());
            return null;
        }
        var known = pending.get(key);
        if (known != null && Duration.between(known.time, time).abs().compareTo(MAX_AGE) > 0) {
            giveUp(key, known);
            known = null;
        }
        if (known == null) {
            known = new Pending(time, piece.protocol);
            pending.put(key, known);
            keptBytes += known.size();
        }
        if (known.contradictory) {
            skipped.add(SkipReason.Kind.FRAGMENT_CONFLICT.reason());
        } else if (isRepeated(known, piece)) {
            skipped.add(SkipReason.Kind.FRAGMENT_REPEATED.reason());
        } else if (contradicts(known, piece)) {
            reject(known);
        } else {
            store(known, piece);
        }
        if (known.filled == known.length && !known.contradictory) {
            remove(key, known);
            joinedFragments += known.fragments - 1;
            return new Whole(known);
        }
        makeRoom();
        return null;
    }

    private static boolean isRepeated(Pending packet, Piece piece) {
        int end = piece.position + piece.length();
        int firstUnit = piece.position / UNIT;
        return end <= packet.last
                && (piece.more ? packet.length < 0 || end < packet.length : packet.length == end)
                && packet.units.nextClearBit(firstUnit) >= units(end)
                && Arrays.equals(packet.bytes, piece.position, end, piece.bytes, piece.from, piece.end);
    }

    private static boolean contradicts(Pending packet, Piece piece) {
        int end = piece.position + piece.length();
        int overlap = packet.units.nextSetBit(piece.position / UNIT);
        if (overlap >= 0 && overlap < units(end)) {
            return true;
        }
        return piece.more ? packet.length >= 0 && end >= packet.length : packet.length >= 0 || packet.last > end;
    }

    private static int units(int bytes) {
        return (bytes + UNIT - 1) / UNIT;
    }

    private void store(Pending packet, Piece piece) {
        int end = piece.position + piece.length();
        if (end > packet.bytes.length) {
            int before = packet.bytes.length;
            packet.bytes = Arrays.copyOf(packet.bytes, piece.more ? Math.min(2 * end, MAX_LENGTH) : end);
            keptBytes += packet.bytes.length - before;
        }
        System.arraycopy(piece.bytes, piece.from, packet.bytes, piece.position, piece.length());
        packet.units.set(piece.position / UNIT, units(end));
        packet.filled += piece.length();
        packet.last = Math.max(packet.last, end);
        if (!piece.more) {
            packet.length = end;
        }
        if (piece.position == 0) {
            packet.protocol = piece.protocol; // in IPv6, that of the first fragment counts
        }
        packet.fragments++;
        keptFragments++;
    }

    /** The packet stays without its bytes, so that its other fragments are not taken for a new one. */
    private void reject(Pending packet) {
        skipped.add(SkipReason.Kind.FRAGMENT_CONFLICT.reason(), packet.fragments + 1L);
        keptFragments -= packet.fragments;
        keptBytes -= packet.bytes.length;
        packet.fragments = 0;
        packet.bytes = new byte[0];
        packet.contradictory = true;
    }

    private void makeRoom() {
        while (pending.size() > MAX_PACKETS || keptBytes > MAX_BYTES) {
            var oldest = pending.entrySet().iterator().next();
            giveUp(oldest.getKey(), oldest.getValue());
        }
    }

    private void giveUp(Key key, Pending packet) {
        skipped.add(SkipReason.Kind.FRAGMENT_INCOMPLETE.reason(), packet.fragments);
        remove(key, packet);
    }

    private void remove(Key key, Pending packet) {
        pending.remove(key);
        keptBytes -= packet.size();
        keptFragments -= packet.fragments;
    }
}
