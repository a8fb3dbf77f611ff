package dev.domin.lang.compile;

import java.lang.classfile.Label;

/** A place ahead that {@code break} or {@code continue} go to. */
final class Exit {

    private final Label label;
    private boolean used;

    Exit(Label label) {
        this.label = label;
    }

    /** The label, for a jump to it that is certain to be made. */
    Label use() {
        used = true;
        return label;
    }

    Label label() {
        return label;
    }

    /** Whether anything goes there. */
    boolean isUsed() {
        return used;
    }
}
