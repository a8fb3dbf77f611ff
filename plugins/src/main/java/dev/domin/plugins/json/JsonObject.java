package dev.domin.plugins.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values under keys, in the order in which the keys came first. */
final class JsonObject {

    private final Map<String, Object> members = new LinkedHashMap<>();
    private List<String> keys; // what a script walks along by index; null while nobody does

    /** {@return the value, or null if there is no such key} */
    Object get(String key) {
        return members.get(key);
    }

    void put(String key, Object value) {
        if (members.put(key, value) == null) {
            keys = null;
        }
    }

    /** {@return whether there was such a key} */
    boolean remove(String key) {
        keys = null;
        return members.remove(key) != null;
    }

    int size() {
        return members.size();
    }

    Set<Map.Entry<String, Object>> entries() {
        return members.entrySet();
    }

    List<String> keys() {
        if (keys == null) {
            keys = new ArrayList<>(members.keySet());
        }
        return keys;
    }
}
