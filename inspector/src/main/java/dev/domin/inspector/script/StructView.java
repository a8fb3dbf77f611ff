package dev.domin.inspector.script;

import java.util.List;

/**
 * A struct that a callback lays over the packet.
 *
 * @param name its name
 * @param variable the variable that it is laid over, such as {@code $packet}
 * @param start where it starts in the payload; negative if it starts in the header that callbacks see before it
 * @param fields its fields
 */
public record StructView(String name, String variable, int start, List<Field> fields) {

    /**
     * A field.
     *
     * @param name its name
     * @param type its type as scripts write it, without {@code be}: {@code u8}, {@code i32}, {@code double}, {@code
     *     string}, {@code blob}
     * @param isBigEndian whether its bytes are in network order
     * @param offset where it starts in the struct
     * @param size how many bytes it has
     */
    public record Field(String name, String type, boolean isBigEndian, int offset, int size) {}
}
