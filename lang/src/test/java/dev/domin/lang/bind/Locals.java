package dev.domin.lang.bind;

import dev.domin.lang.source.Span;

/** Makes variables for trees that tests build by hand. */
public final class Locals {

    private Locals() {}

    public static Local plain(String name, Type type) {
        return new Local(name, new Span(0, 0), type, false);
    }
}
