package dev.domin.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.lang.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketStructsTest {

    private static final String STRUCTS = """
            #define SIZE 4
            struct Header packet { u16be id; u8 kind; string name[SIZE]; }
            struct Other { u8 a; i32 b; }
            """;

    private static List<PacketStruct> in(String callback) {
        return PacketStructs.of(new SourceFile("a.dom", STRUCTS + callback));
    }

    @Test
    void shouldFindAStructOverThePayload() {
        var found = in("""
                callback i32 OnPacket(ref blob $X) {
                    blob $Q = packet.Payload($X);
                    if ($Q.Length < structsize(Header)) return(0);
                    $Q assign Header;
                    return($Q.id);
                }
                """);
        assertThat(found).hasSize(1);
        var struct = found.getFirst();
        assertThat(struct.callback()).isEqualTo("OnPacket");
        assertThat(struct.variable()).isEqualTo("$Q");
        assertThat(struct.ofPayload()).isTrue();
        assertThat(struct.name()).isEqualTo("Header");
        assertThat(struct.fields())
                .containsExactly(
                        new PacketStruct.Field("id", "u16", true, 0, 2),
                        new PacketStruct.Field("kind", "u8", false, 2, 1),
                        new PacketStruct.Field("name", "string", false, 3, 4));
    }

    @Test
    void shouldFindAStructOverTheWholePacketAndOverASlice() {
        assertThat(in("callback i32 A(ref blob $X) { $X assign Other; return(1); }"))
                .extracting(PacketStruct::ofPayload)
                .containsExactly(false);
        assertThat(in("callback i32 A(ref blob $X) { blob $Y[0]; while (1) { $Y = $X[17:]; $Y assign Other; }"
                        + " return(1); }"))
                .extracting(PacketStruct::ofPayload)
                .containsExactly(true);
        assertThat(in("callback i32 A(ref blob $X) { ref blob &S = $X; S assign Other; return(1); }"))
                .extracting(PacketStruct::ofPayload)
                .containsExactly(false);
    }

    @Test
    void shouldFindNothingElse() {
        assertThat(in("callback i32 A(ref blob $X) { blob $Y[9]; $Y assign Other; return(1); }"))
                .isEmpty();
        assertThat(in("callback i32 A(ref blob $X) { blob $Y = packet.Payload($X); $Y = Other(); $Y assign Other;"
                        + " return(1); }"))
                .isEmpty();
        assertThat(in("i32 F(ref blob $X) { $X assign Other; return(1); }")).isEmpty();
        assertThat(in("callback i32 A(ref blob $X) { $X assign Missing; return(1); }"))
                .isEmpty();
        assertThat(in("callback i32 A(ref blob $X) {")).isEmpty();
    }
}
