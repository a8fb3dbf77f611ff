package dev.domin.lang.bind;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A struct with the offsets of its fields.
 *
 * @param name its name
 * @param size its bytes, trailing padding included
 * @param fields its fields in order
 */
public record StructLayout(String name, int size, List<Field> fields) {

    /**
     * A field.
     *
     * @param name its name
     * @param type its type
     * @param bigEndian whether it is in network byte order
     * @param offset where it starts in the struct
     * @param size its bytes
     */
    public record Field(String name, FieldType type, boolean bigEndian, int offset, int size) {}

    /**
     * Finds a field.
     *
     * @param fieldName its name
     * @return the field, or null
     */
    public @Nullable Field field(String fieldName) {
        for (var field : fields) {
            if (field.name().equals(fieldName)) {
                return field;
            }
        }
        return null;
    }
}
