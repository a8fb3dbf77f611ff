package dev.domin.conformance.fuzz.program;

import java.util.List;

/** Decisions read from bytes, so that a change of a byte changes a decision. After the last byte each is 0. */
final class Choices {

    private final byte[] data;
    private int at;

    Choices(byte[] data) {
        this.data = data;
    }

    boolean isAtEnd() {
        return at >= data.length;
    }

    int next(int bound) {
        return isAtEnd() ? 0 : (data[at++] & 0xFF) % bound;
    }

    boolean oneIn(int n) {
        return !isAtEnd() && next(n) == n - 1;
    }

    long bits() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | next(256);
        }
        return value;
    }

    <T> T of(List<T> values) {
        return values.get(next(values.size()));
    }
}
