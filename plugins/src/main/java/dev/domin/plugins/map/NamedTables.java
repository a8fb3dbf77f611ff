package dev.domin.plugins.map;

import dev.domin.plugins.table.OrderedTable;
import dev.domin.spi.Escapes;
import dev.domin.spi.Limit;
import dev.domin.spi.ScriptError;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The maps of one run, by name. A value is a {@link Long}, a {@link String} or an array of bytes. Every method is
 * atomic, and may be called by several threads at once.
 */
final class NamedTables {

    private static final int LONGEST_KEY = 65_535;
    private static final String KEY_LENGTHS = "a key has 1 to " + LONGEST_KEY + " bytes";

    private final long mostMaps;
    private final long mostKeys;
    private final Map<String, OrderedTable> tables = new HashMap<>();
    private int keys; // of all maps

    /**
     * Creates no maps.
     *
     * @param mostMaps the largest number of maps
     * @param mostKeys the largest number of keys of all maps
     */
    NamedTables(long mostMaps, long mostKeys) {
        this.mostMaps = mostMaps;
        this.mostKeys = mostKeys;
    }

    /** {@return no maps, with the same limits} */
    NamedTables emptied() {
        return new NamedTables(mostMaps, mostKeys);
    }

    synchronized void create(String name, long capacity) {
        if (name.isEmpty()) {
            throw new ScriptError("the name is empty");
        }
        if (capacity < 0) {
            throw new ScriptError("capacity is " + capacity + ", but it is 0 or more");
        }
        if (tables.containsKey(name)) {
            throw new ScriptError(
                    "there is a map `" + Escapes.quote(name) + "` already",
                    "map.Exists returns whether there is one, map.Clear empties it");
        }
        if (tables.size() >= mostMaps) {
            throw Limit.HANDLES.exceeded(
                    "there are " + tables.size() + " maps, and the limit is " + mostMaps,
                    "remove some with map.Destroy");
        }
        tables.put(name, new OrderedTable(capacity));
    }

    synchronized boolean exists(String name) {
        return tables.containsKey(name);
    }

    /** {@return whether there was such a map} */
    synchronized boolean destroy(String name) {
        var table = tables.remove(name);
        keys -= table == null ? 0 : table.size();
        return table != null;
    }

    /** {@return whether the key is new; false if there is no such map} */
    synchronized boolean put(String name, String key, Object value) {
        checkKey(key);
        var table = tables.get(name);
        return table != null && put(table, key, value);
    }

    private boolean put(OrderedTable table, String key, Object value) {
        if (keys >= mostKeys && table.get(key) == null) {
            throw Limit.ENTRIES.exceeded(
                    "the maps of this script have " + keys + " keys, and the limit is " + mostKeys,
                    "remove some with map.Remove or map.Clear");
        }
        boolean isNew = table.put(key, value);
        keys += isNew ? 1 : 0;
        return isNew;
    }

    /** {@return the value, or null if there is no such map or key} */
    synchronized @Nullable Object get(String name, String key) {
        var table = tables.get(name);
        return table == null ? null : table.get(key);
    }

    /** {@return the sum of the integer under a key, or of 0, and a number; 0 if there is no such map} */
    synchronized long add(String name, String key, long delta) {
        checkKey(key);
        var table = tables.get(name);
        if (table == null) {
            return 0;
        }
        Object value = table.get(key);
        if (value != null && !(value instanceof Long)) {
            throw new ScriptError(
                    "key `" + Escapes.quote(key) + "` of map `" + Escapes.quote(name) + "` holds a value of type "
                            + kindOf(value),
                    "map.PutInt replaces it by an integer");
        }
        long sum = value == null ? delta : (Long) value + delta;
        put(table, key, sum);
        return sum;
    }

    /** {@return whether there was such a key} */
    synchronized boolean remove(String name, String key) {
        var table = tables.get(name);
        boolean removed = table != null && table.remove(key);
        keys -= removed ? 1 : 0;
        return removed;
    }

    /** {@return the number of keys; 0 if there is no such map} */
    synchronized int size(String name) {
        var table = tables.get(name);
        return table == null ? 0 : table.size();
    }

    /** {@return a key by its index; the empty string if there is no such map or index} */
    synchronized String keyAt(String name, long index) {
        var table = tables.get(name);
        return table == null || index < 0 || index >= table.size() ? "" : table.keyAt((int) index);
    }

    /** {@return how many keys were removed} */
    synchronized int clear(String name) {
        var table = tables.get(name);
        if (table == null) {
            return 0;
        }
        int size = table.size();
        table.clear();
        keys -= size;
        return size;
    }

    /** {@return the name of a value's type in scripts} */
    static String kindOf(Object value) {
        if (value instanceof Long) {
            return "int";
        }
        return value instanceof String ? "string" : "blob";
    }

    private static void checkKey(String key) {
        if (key.isEmpty()) {
            throw new ScriptError("the key is empty", KEY_LENGTHS);
        }
        if (key.length() > LONGEST_KEY) {
            throw new ScriptError("the key has " + key.length() + " bytes", KEY_LENGTHS);
        }
    }
}
