package dev.domin.plugins.json;

import dev.domin.plugins.table.OrderedTable;
import org.jspecify.annotations.Nullable;

/** Values by key, in the order in which the keys were added. */
final class JsonObject {

    private final OrderedTable members = new OrderedTable(0);

    /** {@return the value, or null if there is no such key} */
    @Nullable
    Object get(String key) {
        return members.get(key);
    }

    void put(String key, Object value) {
        members.put(key, value);
    }

    /** {@return whether there was such a key} */
    boolean remove(String key) {
        return members.remove(key);
    }

    int size() {
        return members.size();
    }

    String keyAt(int index) {
        return members.keyAt(index);
    }

    Object valueAt(int index) {
        return members.valueAt(index);
    }
}
