package dev.domin.lang;

import java.util.List;

/**
 * A struct that a callback lays over its packet.
 *
 * @param callback the name of the callback
 * @param variable the variable that has the packet, with its {@code $}
 * @param ofPayload whether the variable has the payload only; otherwise it has the header with port and host, too
 * @param name the name of the struct
 * @param fields its fields
 */
public record PacketStruct(String callback, String variable, boolean ofPayload, String name, List<Field> fields) {

    /**
     * A field.
     *
     * @param name its name
     * @param type the word for its type, such as {@code u16}, without {@code be}
     * @param isBigEndian whether it is in network byte order
     * @param offset where it starts in the struct
     * @param size its bytes
     */
    public record Field(String name, String type, boolean isBigEndian, int offset, int size) {}
}
