package dev.domin.plugins.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptError;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPluginTest {

    private static final String DEVICE = """
            {"id": 7, "name": "pump", "on": true, "none": null,
             "limits": {"low": -1.5, "high": 1e3},
             "log": [{"at": 1}, {"at": 2, "a.b": "odd"}]}""";

    private final JsonPlugin json = new JsonPlugin();

    @Test
    void shouldReadByPath() {
        long device = json.parse(DEVICE);

        assertThat(json.getInt(device, "id")).isEqualTo(7);
        assertThat(json.getString(device, "name")).isEqualTo("pump");
        assertThat(json.getBool(device, "on")).isEqualTo(1);
        assertThat(json.getDouble(device, "limits.low")).isEqualTo(-1.5);
        assertThat(json.getInt(device, "limits.high")).isEqualTo(1000);
        assertThat(json.getInt(device, "log[1].at")).isEqualTo(2);
        assertThat(json.getString(device, "log[1][\"a.b\"]")).isEqualTo("odd");
        assertThat(json.getString(device, "['log'][1]['a.b']")).isEqualTo("odd");
        assertThat(json.arrayLen(device, "log")).isEqualTo(2);
        assertThat(json.keyCount(device, "limits")).isEqualTo(2);
        assertThat(json.keyAt(device, 1, "limits")).isEqualTo("high");
    }

    @ParameterizedTest
    @CsvSource({
        "'',object",
        "id,number",
        "name,string",
        "on,boolean",
        "none,null",
        "log,array",
        "log[0],object",
    })
    void shouldTellTypes(String path, String type) {
        long device = json.parse(DEVICE);
        assertThat(json.getType(device, path)).isEqualTo(type);
        assertThat(json.hasKey(device, path)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "id.x", "log[2]", "log.x", "[0]", "limits.low.x", "none.x"})
    void shouldTellThatThereIsNoSuchKey(String path) {
        assertThat(json.hasKey(json.parse(DEVICE), path)).isZero();
    }

    @Test
    void shouldSayWhatIsMissingWhere() {
        long device = json.parse(DEVICE);
        refused(
                () -> json.getInt(device, "limits.middle"),
                "json.GetInt: there is no `middle` in `limits`, which has the keys `low`, `high`");
        refused(() -> json.getInt(device, "log[5].at"), "json.GetInt: there is no [5] in `log`, which has 2 elements");
        refused(() -> json.getInt(device, "id.x"), "json.GetInt: there is no `x` in `id`, which is a number");
        refused(() -> json.getInt(device, "[0]"), "json.GetInt: there is no [0] in the value, which is an object");
        refused(() -> json.getInt(device, "name"), "json.GetInt: `name` is a string, not a number");
        refused(() -> json.getArray(device, ""), "json.GetArray: the value is an object, not an array");
        refused(() -> json.getObject(device, "none"), "json.GetObject: `none` is null, not an object");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "a..b,3",
                ".a,1",
                "a.,3",
                "a[,3",
                "a[x],3",
                "a[1,4",
                "a[1]b,5",
                "a[\"x,3",
                "[99999999999],2",
                "a],2"
            })
    void shouldSayWhereAPathIsWrong(String path, int place) {
        long device = json.parse(DEVICE);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> json.hasKey(device, path))
                .withMessageStartingWith("json.HasKey: the path `" + path + "` is wrong at character " + place + ": ");
    }

    @Test
    void shouldBuildWhatItWrites() {
        long device = json.newObject();
        json.setInt(device, "id", 7);
        json.setString(device, "net.host", "pump \"1\"\n\\");
        json.setBool(device, "net.up", 2);
        json.setDouble(device, "list[0]", 0.5);
        json.setNull(device, "list[1]");
        json.appendInt(device, "list", -1);
        json.appendString(device, "more", "x");
        json.appendBool(device, "more", 0);
        json.appendDouble(device, "more", 1e300);
        json.appendNull(device, "more");
        long other = json.newArray();
        json.appendObject(other, "", device);
        json.setObject(device, "copy", other);
        json.setInt(device, "id", 8);

        String inner = "\"net\":{\"host\":\"pump \\\"1\\\"\\n\\\\\",\"up\":true},\"list\":[0.5,null,-1],"
                + "\"more\":[\"x\",false,1.0E300,null]";
        assertThat(json.toText(device, "")).isEqualTo("{\"id\":8," + inner + ",\"copy\":[{\"id\":7," + inner + "}]}");
        assertThat(json.toText(json.parse(json.toText(device, "")), "")).isEqualTo(json.toText(device, ""));
    }

    @Test
    void shouldChangeNothingWhenAPathCannotBeGone() {
        long device = json.parse("{\"a\":[1]}");
        refused(() -> json.setInt(device, "a[2]", 1), "json.SetInt: there is no [2] in `a`, which has 1 element");
        refused(
                () -> json.setInt(device, "b.c[1]", 1),
                "json.SetInt: there is no [1] in `b.c`, which would be a new array");
        refused(() -> json.setInt(device, "a[0].x", 1), "json.SetInt: there is no `x` in `a[0]`, which is a number");
        refused(() -> json.appendInt(device, "", 1), "json.AppendInt: the value is an object, not an array");
        assertThat(json.toText(device, "")).isEqualTo("{\"a\":[1]}");
    }

    @Test
    void shouldRemove() {
        long device = json.parse("{\"a\":[1,2,3],\"b\":{\"c\":1}}");
        assertThat(json.remove(device, "a[1]")).isEqualTo(1);
        assertThat(json.remove(device, "b.c")).isEqualTo(1);
        assertThat(json.remove(device, "b.c")).isZero();
        assertThat(json.toText(device, "")).isEqualTo("{\"a\":[1,3],\"b\":{}}");
    }

    @Test
    void shouldKeepOrderAndTakeTheLastOfTwoEqualKeys() {
        long object = json.parse("{\"z\":1,\"a\":2,\"z\":3}");
        assertThat(json.toText(object, "")).isEqualTo("{\"z\":3,\"a\":2}");
        json.remove(object, "z");
        assertThat(json.keyAt(object, 0, "")).isEqualTo("a");
    }

    @Test
    void shouldKeepNumbersAsTheyAreWritten() {
        String numbers = "[1.50,-0,12345678901234567890,1e400,0.1e-999999999999]";
        long list = json.parse(numbers);
        assertThat(json.toText(list, "")).isEqualTo(numbers);
        assertThat(json.getDouble(list, "[2]")).isEqualTo(1.2345678901234567e19);
        refused(
                () -> json.getInt(list, "[2]"),
                "json.GetInt: `[2]` is 12345678901234567890, which is no integer of 64 bits");
        refused(() -> json.getInt(list, "[0]"), "json.GetInt: `[0]` is 1.50, which is no integer of 64 bits");
        refused(
                () -> json.getInt(list, "[4]"),
                "json.GetInt: `[4]` is 0.1e-999999999999, which is no integer of 64 bits");
        refused(() -> json.getDouble(list, "[3]"), "json.GetDouble: `[3]` is 1e400, which is too large for a float");
        refused(() -> json.setDouble(list, "[0]", Double.NaN), "json.SetDouble: JSON has no number for NaN");
        assertThat(json.getInt(json.parse("-9223372036854775808"), "")).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void shouldReadAndWriteUtf8() {
        String umlaut = ByteStrings.fromText("grün €😀");
        long object = json.newObject();
        json.setString(object, umlaut, umlaut);
        assertThat(json.toText(object, "")).isEqualTo("{\"" + umlaut + "\":\"" + umlaut + "\"}");
        assertThat(json.getString(json.parse(json.toText(object, "")), umlaut)).isEqualTo(umlaut);
        assertThat(json.getString(json.parse("\"\\u00fc\\ud83d\\ude00\""), "")).isEqualTo(ByteStrings.fromText("ü😀"));
    }

    @Test
    void shouldKeepWhatAStringOfTheScriptCannotHold() {
        long text = json.parse("\"a\\u0000b\\ud800\\u001f\"");
        assertThat(json.getString(text, "")).isEqualTo("a");
        assertThat(json.toText(text, "")).isEqualTo("\"a\\u0000b\\ud800\\u001f\"");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            value = {
                "{\"a\": 1;line 1, near column 8: the text ends too early",
                "||;line 1, near column 1: the text ends too early",
                "{\"a\" 1};line 1, near column 7: expected ':'",
                "{a: 1};line 1, near column 3: this is not JSON",
                "[1,];line 1, near column 5: this is not JSON",
                "[1] x;line 1, near column 6: this is not JSON",
                "[01];line 1, near column 2: this is not JSON",
                "[TRUE];line 1, near column 2: this is not JSON",
                "[NaN];line 1, near column 2: this is not JSON",
                "'a';line 1, near column 2: this is not JSON",
            })
    void shouldSayWhereATextIsWrong(String text, String message) {
        refused(() -> json.parse(text), "json.Parse: " + message);
    }

    @Test
    void shouldCountLines() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> json.parse("{\n \"a\": [1,\n  x]}"))
                .withMessageStartingWith("json.Parse: line 3, near column 3: ");
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() {
        byte[] bytes = "{\n\"ü\": \"x\"}".getBytes(StandardCharsets.UTF_8);
        bytes[9] = (byte) 0xff;
        refused(() -> json.parseBlob(Blob.of(bytes)), "json.ParseBlob: line 2, column 7: the byte 0xff is not UTF-8");
    }

    @Test
    void shouldReadPartOfATextOnly() {
        assertThat(json.toText(json.parseLen("[1]]", 3), "")).isEqualTo("[1]");
        refused(() -> json.parseLen("[1]", 4), "json.ParseLen: length is 4, but the text has 3 bytes");
        refused(() -> json.parseLen("[1]", -1), "json.ParseLen: length is -1, but the text has 3 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void shouldRefuseToNestTooDeeply(String opening) {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> json.parse(opening.repeat(100_000)))
                .withMessageStartingWith("json.Parse: line 1, near column ")
                .withMessageEndingWith(": nested deeper than 512 levels");
        long deep = json.parse("[".repeat(512) + "]".repeat(512));
        assertThat(json.toText(deep, "")).hasSize(1024);
        long deeper = json.newArray();
        json.appendObject(deeper, "", deep);
        refused(() -> json.toText(deeper, ""), "json.ToText: the value: it is nested deeper than 512 levels");
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> json.appendObject(deep, "", deeper));
    }

    @Test
    void shouldShareWhatWasTakenOut() {
        long device = json.parse(DEVICE);
        long entry = json.arrayGet(json.getArray(device, "log"), 1);
        json.setInt(entry, "at", 9);
        assertThat(json.getInt(device, "log[1].at")).isEqualTo(9);
        assertThat(json.getInt(json.arrayGet(json.parse("[5]"), 0), "")).isEqualTo(5);
        refused(
                () -> json.arrayGet(json.parse("[5]"), 1),
                "json.ArrayGet: there is no element 1; the first is 0, and there are 1");
    }

    @Test
    void shouldFreeAHandleWithThoseTakenOutOfIt() {
        long device = json.parse(DEVICE);
        long log = json.getArray(device, "log");
        long entry = json.arrayGet(log, 0);
        long other = json.getObject(device, "limits");
        assertThat(json.free(other)).isEqualTo(1);
        assertThat(json.getInt(entry, "at")).isEqualTo(1);
        assertThat(json.free(device)).isEqualTo(1);
        assertThat(json.free(device)).isZero();
        refused(() -> json.getInt(entry, "at"), "json.GetInt: handle " + entry + " was freed");
        refused(() -> json.getInt(99, ""), "json.GetInt: unknown handle 99");
        refused(() -> json.free(0), "json.Free: unknown handle 0");
    }

    @Test
    void shouldGiveHandlesFromOneOn() {
        assertThat(json.newObject()).isEqualTo(1);
        json.free(1);
        assertThat(json.newArray()).isEqualTo(2);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(ScriptError.class).isThrownBy(call).withMessage(message);
    }
}
