package dev.domin.plugins.json;

import dev.domin.plugins.table.ShiftingList;
import java.util.List;

/** An array of values. */
final class JsonArray {

    private final List<Object> elements = new ShiftingList();

    List<Object> elements() {
        return elements;
    }
}
