package dev.domin.lang.bind;

import dev.domin.lang.source.Span;

/** Creates variables for trees that tests build. */
public final class Locals {

    private Locals() {}

    public static Local plain(String name, Type type) {
        return new Local(name, new Span(0, 0), type, false);
    }
}
