package dev.domin.plugins.json;

import java.util.ArrayList;
import java.util.List;

/** An array of values. */
final class JsonArray {

    private final List<Object> elements = new ArrayList<>();

    List<Object> elements() {
        return elements;
    }
}
