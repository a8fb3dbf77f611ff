package dev.domin.lang.compile;

import java.lang.classfile.Label;

/** The target of {@code break} or {@code continue}. */
final class Exit {

    private final Label label;
    private boolean used;

    Exit(Label label) {
        this.label = label;
    }

    /** {@return the label, for a jump that will be emitted} */
    Label use() {
        used = true;
        return label;
    }

    Label label() {
        return label;
    }

    /** {@return whether there is a jump to it} */
    boolean isUsed() {
        return used;
    }
}
