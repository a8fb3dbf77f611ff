package dev.domin.inspector.packets;

import java.util.Arrays;

/**
 * Positions in increasing order, each with a number of nanoseconds. They have indices from 0 on, which stay the same
 * while positions are removed from the beginning. Not safe for use by several threads.
 */
final class Matches {

    private long[] positions = new long[64];
    private long[] gaps = new long[64];
    private int start; // in the arrays, as the next
    private int size;
    private long first; // the index of the first one

    long first() {
        return first;
    }

    long next() {
        return first + size;
    }

    long position(long index) {
        return positions[start + (int) (index - first)];
    }

    long gap(long index) {
        return gaps[start + (int) (index - first)];
    }

    /** Adds a position, usually the largest. */
    void add(long position, long gap) {
        int place = find(position);
        if (place >= 0) {
            return;
        }
        if (start + size == positions.length) {
            makeRoom();
        }
        int at = start + (-place - 1);
        System.arraycopy(positions, at, positions, at + 1, start + size - at);
        System.arraycopy(gaps, at, gaps, at + 1, start + size - at);
        positions[at] = position;
        gaps[at] = gap;
        size++;
    }

    void remove(long position) {
        int place = find(position);
        if (place >= 0) {
            int at = start + place;
            System.arraycopy(positions, at + 1, positions, at, start + size - at - 1);
            System.arraycopy(gaps, at + 1, gaps, at, start + size - at - 1);
            size--;
        }
    }

    /** Removes all positions before one. */
    void removeBefore(long position) {
        int place = find(position);
        int count = place >= 0 ? place : -place - 1;
        start += count;
        size -= count;
        first += count;
    }

    /** {@return the place from the start, or what {@link Arrays#binarySearch} returns if it is not there} */
    private int find(long position) {
        if (size == 0 || position > positions[start + size - 1]) {
            return -size - 1;
        }
        int found = Arrays.binarySearch(positions, start, start + size, position);
        return found >= 0 ? found - start : found + start;
    }

    private void makeRoom() {
        int capacity = size > positions.length / 2 ? 2 * positions.length : positions.length;
        long[] roomier = new long[capacity];
        System.arraycopy(positions, start, roomier, 0, size);
        positions = roomier;
        long[] more = new long[capacity];
        System.arraycopy(gaps, start, more, 0, size);
        gaps = more;
        start = 0;
    }
}
