package dev.domin.plugins.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Limit;
import dev.domin.spi.ScriptError;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPluginTest {

    private static final String DEVICE = """
            {"id": 7, "name": "pump", "on": true, "off": false, "none": null,
             "limits": {"low": -1.5, "high": 1e3},
             "log": [{"at": 1}, {"at": 2, "a.b": "odd"}]}""";

    private final FakeScriptContext context = new FakeScriptContext();
    private final JsonPlugin json = new JsonPlugin();

    @BeforeEach
    void start() {
        json.start(context);
    }

    @Test
    void shouldReadByPath() {
        long device = json.parse(DEVICE);

        assertThat(json.getInt(device, "id")).isEqualTo(7);
        assertThat(json.getString(device, "name")).isEqualTo("pump");
        assertThat(json.getBool(device, "on")).isEqualTo(1);
        assertThat(json.getDouble(device, "limits.low")).isEqualTo(-1.5);
        assertThat(json.getInt(device, "limits.high")).isEqualTo(1000);
        long last = json.arrayGet(json.getArray(device, "log"), 1);
        assertThat(json.getInt(last, "at")).isEqualTo(2);
        assertThat(json.getString(json.objectGet(last, "a.b"), "")).isEqualTo("odd");
        assertThat(json.arrayLen(device, "log")).isEqualTo(2);
        assertThat(json.keyCount(device, "limits")).isEqualTo(2);
        assertThat(json.keyAt(device, 1, "limits")).isEqualTo("high");
    }

    @ParameterizedTest
    @CsvSource({
        "'',object,64",
        "id,number,8",
        "name,string,16",
        "on,boolean,2",
        "off,boolean,1",
        "none,null,4",
        "log,array,32",
        "limits,object,64",
    })
    void shouldReturnTypes(String path, String word, int code) {
        long device = json.parse(DEVICE);
        assertThat(json.getType(device, path)).isEqualTo(code);
        assertThat(json.typeText(device, path)).isEqualTo(word);
        assertThat(json.hasKey(device, path)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "id.x", "log[0]", "log.0", "log.x", "[0]", "limits.low.x", "none.x", "a.b"})
    void shouldReportAMissingKey(String path) {
        assertThat(json.hasKey(json.parse(DEVICE), path)).isZero();
    }

    @Test
    void shouldReportWhatIsMissing() {
        long device = json.parse(DEVICE);
        refused(
                () -> json.getInt(device, "limits.middle"),
                "there is no `middle` in `limits`, which has the keys `low`, `high`");
        refused(() -> json.getInt(device, "log.1"), "there is no `1` in `log`, which is an array");
        refused(() -> json.getInt(device, "id.x"), "there is no `x` in `id`, which is a number");
        refused(() -> json.getInt(device, "name"), "`name` is a string, not a number");
        refused(() -> json.getArray(device, ""), "the value is an object, not an array");
        refused(() -> json.getObject(device, "none"), "`none` is null, not an object");
    }

    @Test
    void shouldTreatABracketAsPartOfAName() {
        long odd = json.parse("{\"a[0]\": {\"]\": 5}, \"a\": [6], \"b.c\": 7}");
        assertThat(json.getInt(odd, "a[0].]")).isEqualTo(5);
        helped(
                () -> json.getInt(odd, "a[1]"),
                "a path names members only; json.GetArray and json.ArrayGet return the elements");
        helped(
                () -> json.getInt(odd, "a.0"),
                "a path names members only; json.GetArray and json.ArrayGet return the elements");
        helped(() -> json.getInt(odd, "b.c"), "json.ObjectGet takes a key with points");
        helped(() -> json.getInt(odd, "d"), "json.HasKey returns whether there is one");
    }

    @ParameterizedTest
    @CsvSource({"a..b,3", ".a,1", "a.,3", ".,1"})
    void shouldReportWhereAPathIsWrong(String path, int place) {
        long device = json.parse(DEVICE);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> json.hasKey(device, path))
                .withMessageStartingWith("the path `" + path + "` is wrong at character " + place + ": ");
    }

    @Test
    void shouldBuildWhatItWrites() {
        long device = json.newObject();
        json.setInt(device, "id", 7);
        json.setString(device, "net.host", "pump \"1\"\n\\");
        json.setBool(device, "net.up", 2);
        json.appendDouble(device, "list", 0.5);
        json.appendNull(device, "list");
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
    void shouldChangeNothingWhenAPathIsWrong() {
        long device = json.parse("{\"a\":[1]}");
        refused(() -> json.setInt(device, "a.0", 1), "there is no `0` in `a`, which is an array");
        refused(() -> json.setInt(device, "a.b.c", 1), "there is no `b` in `a`, which is an array");
        refused(() -> json.setInt(device, "", 1), "the path is empty, but must say where to put the value");
        refused(() -> json.appendInt(device, "", 1), "the value is an object, not an array");
        assertThat(json.toText(device, "")).isEqualTo("{\"a\":[1]}");
    }

    @Test
    void shouldRemove() {
        long device = json.parse("{\"a\":[1,2,3],\"b\":{\"c\":1}}");
        long list = json.getArray(device, "a");
        json.arrayRemove(list, 1);
        assertThat(json.remove(device, "a.1")).isZero();
        assertThat(json.remove(device, "b.c")).isEqualTo(1);
        assertThat(json.remove(device, "b.c")).isZero();
        assertThat(json.toText(device, "")).isEqualTo("{\"a\":[1,3],\"b\":{}}");
    }

    @Test
    void shouldSetElementsAndMembersByKeysWithPoints() {
        long list = json.parse("[1,2,3]");
        json.arraySet(list, 2, json.parse("{\"x\":[]}"));
        long hosts = json.newObject();
        json.objectSet(hosts, "a.b", list);
        json.arraySet(list, 0, hosts); // a copy, so there is no cycle
        assertThat(json.toText(list, "")).isEqualTo("[{\"a.b\":[1,2,{\"x\":[]}]},2,{\"x\":[]}]");
        refused(() -> json.arraySet(list, 3, hosts), "there is no element 3; the first is 0, and there are 3");
        refused(() -> json.arrayRemove(list, -1), "there is no element -1; the first is 0, and there are 3");
        refused(() -> json.objectGet(hosts, "a"), "the object has no key `a`");
        refused(() -> json.objectGet(list, "a"), "the value is an array, not an object");
    }

    @Test
    void shouldKeepOrderAndUseTheLastOfTwoEqualKeys() {
        long object = json.parse("{\"z\":1,\"a\":2,\"z\":3}");
        assertThat(json.toText(object, "")).isEqualTo("{\"z\":3,\"a\":2}");
        json.remove(object, "z");
        assertThat(json.keyAt(object, 0, "")).isEqualTo("a");
    }

    /** The library refuses numbers whose first digits are a multiple of 2^64, and those of over 1,024 characters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "18446744073709551616",
                "184467440737095516160",
                "-184467440737095516160.5e-3",
                "36893488147419103232000e+2",
                "11111111111111111111",
                "0.18446744073709551616000"
            })
    void shouldParseLongNumbers(String number) {
        for (String each :
                new String[] {number, number + "1", "1" + "0".repeat(65), "-1" + "0".repeat(5_000) + "e-5000"}) {
            String text = "{\"" + each + "\":[" + each + ",\"\\\"" + each + "\",1,11111111111111111111," + each + "]}";
            assertThat(json.isValid(text)).as(text).isEqualTo(1);
            assertThat(json.toText(json.parse(text), "")).isEqualTo(text);
            assertThat(json.toText(json.parse(" " + each + " "), "")).isEqualTo(each);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-", "x", "x", ".", "e", "+1", "-1", "\"\"", "[]", " 1", "e1.5", ".5.5"})
    void shouldRefuseWhatIsNoLongNumber(String end) {
        String number = "184467440737095516160";
        String text = end.equals("0") ? end + number : number + end;
        assertThat(json.isValid(text)).as(text).isZero();
        assertThat(json.isValid("[" + number + ", " + text + "]")).as(text).isZero();
    }

    @Test
    void shouldNameThePlaceOfAMistakeBehindALongNumber() {
        refused(
                () -> json.parse("[184467440737095516160, 1,\n184467440737095516160, x]"),
                "line 2, near column 24: this is not JSON");
    }

    @Test
    void shouldReadIntegersOfAnyLength() {
        String zeros = "0".repeat(3_000_000);
        assertThat(json.getInt(json.parse("-12" + zeros + "e-3000000"), "")).isEqualTo(-12);
        assertThat(json.getInt(json.parse("0." + zeros + "12e3000002"), "")).isEqualTo(12);
        assertThat(json.getInt(json.parse("7." + zeros), "")).isEqualTo(7);
        assertThat(json.getInt(json.parse("0." + zeros), "")).isZero();
        for (String none :
                new String[] {"1" + zeros, "9".repeat(3_000_000), "0." + zeros + "1", "1" + zeros + "e-3000001"}) {
            long number = json.parse(none);
            assertThatExceptionOfType(ScriptError.class)
                    .isThrownBy(() -> json.getInt(number, ""))
                    .withMessageContaining(", which is no integer of 64 bits");
        }
    }

    @Test
    void shouldNotCallATextInvalidThatExceedsALimit() {
        var _ = context.withLimit(Limit.ENTRIES, 3);
        String message = "the text has more than 3 values, which is the limit";
        refused(() -> json.isValid("[1,2,3]"), message);
        refused(() -> json.isValidBlob(Blob.of("[1,2,3]".getBytes(StandardCharsets.UTF_8))), message);
        assertThat(json.isValid("[1,2]")).isEqualTo(1);
        assertThat(json.isValid("[1,2")).isZero();
    }

    @Test
    void shouldKeepNumbersAsTheyAreWritten() {
        String numbers = "[1.50,-0,12345678901234567890,1e400,0.1e-999999999999]";
        long list = json.parse(numbers);
        assertThat(json.toText(list, "")).isEqualTo(numbers);
        assertThat(json.getDouble(json.arrayGet(list, 2), "")).isEqualTo(1.2345678901234567e19);
        refused(
                () -> json.getInt(json.arrayGet(list, 2), ""),
                "the value is 12345678901234567890, which is no integer of 64 bits");
        refused(() -> json.getInt(json.parse("{\"n\": 1.50}"), "n"), "`n` is 1.50, which is no integer of 64 bits");
        refused(
                () -> json.getInt(json.arrayGet(list, 4), ""),
                "the value is 0.1e-999999999999, which is no integer of 64 bits");
        refused(
                () -> json.getDouble(json.arrayGet(list, 3), ""),
                "the value is 1e400, which is too large for a double");
        refused(() -> json.appendDouble(list, "", Double.NaN), "JSON has no number for NaN");
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
    void shouldReportWhereATextIsWrong(String text, String message) {
        refused(() -> json.parse(text), "" + message);
    }

    @Test
    void shouldCountLines() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> json.parse("{\n \"a\": [1,\n  x]}"))
                .withMessageStartingWith("line 3, near column 3: ");
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() {
        byte[] bytes = "{\n\"ü\": \"x\"}".getBytes(StandardCharsets.UTF_8);
        bytes[9] = (byte) 0xff;
        refused(() -> json.parseBlob(Blob.of(bytes)), "line 2, column 7: the byte 0xff is not UTF-8");
    }

    @Test
    void shouldReadPartOfATextOnly() {
        assertThat(json.toText(json.parseLen("[1]]", 3), "")).isEqualTo("[1]");
        refused(() -> json.parseLen("[1]", 4), "length is 4, but the text has 3 bytes");
        refused(() -> json.parseLen("[1]", -1), "length is -1, but the text has 3 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void shouldRefuseToNestTooDeeply(String opening) {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> json.parse(opening.repeat(100_000)))
                .withMessageStartingWith("line 1, near column ")
                .withMessageEndingWith(": nested deeper than 512 levels");
        long deep = json.parse("[".repeat(512) + "]".repeat(512));
        assertThat(json.toText(deep, "")).hasSize(1024);
        long deeper = json.newArray();
        json.appendObject(deeper, "", deep);
        refused(() -> json.toText(deeper, ""), "the value: it is nested deeper than 512 levels");
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> json.appendObject(deep, "", deeper));
    }

    @Test
    void shouldShareValuesBetweenHandles() {
        long device = json.parse(DEVICE);
        long entry = json.arrayGet(json.getArray(device, "log"), 1);
        json.setInt(entry, "at", 9);
        assertThat(json.getInt(json.arrayGet(json.getArray(device, "log"), 1), "at"))
                .isEqualTo(9);
        assertThat(json.getInt(json.arrayGet(json.parse("[5]"), 0), "")).isEqualTo(5);
        refused(() -> json.arrayGet(json.parse("[5]"), 1), "there is no element 1; the first is 0, and there are 1");
    }

    @Test
    void shouldFreeARootWithAllHandlesOfItsTree() {
        long device = json.parse(DEVICE);
        long log = json.getArray(device, "log");
        long entry = json.arrayGet(log, 0);
        assertThat(json.free(device)).isEqualTo(1);
        assertThat(json.free(device)).isZero();
        assertThat(json.free(log)).isZero();
        refused(() -> json.getInt(entry, "at"), "handle " + entry + " was freed");
        refused(() -> json.getInt(99, ""), "unknown handle 99");
        refused(() -> json.free(0), "unknown handle 0");
    }

    @Test
    void shouldLeaveTheTreeWholeWhenAHandleInsideItIsFreed() {
        long device = json.parse(DEVICE);
        long log = json.getArray(device, "log");
        long entry = json.arrayGet(log, 0);
        assertThat(json.free(log)).isEqualTo(1);
        assertThat(json.getInt(entry, "at")).isEqualTo(1);
        assertThat(json.arrayLen(device, "log")).isEqualTo(2);
    }

    @Test
    void shouldFreeTheHandlesThatAFailedCallbackHasMade() {
        long object = json.newObject();
        json.setObject(object, "device", json.parse(DEVICE));
        long inside = json.getObject(object, "device");
        context.failCallback();
        for (long handle = 1; handle <= inside; handle++) {
            assertThat(json.free(handle))
                    .as("handle %d is free already", handle)
                    .isZero();
        }
        assertThat(context.releaseCount()).isZero();
    }

    @Test
    void shouldKeepTheRootWhenACallbackWithAHandleInsideItFails() {
        long device = json.parse(DEVICE);
        context.forgetReleases(); // the callback that parsed it has returned
        long log = json.getArray(device, "log");
        context.failCallback();
        refused(() -> json.arrayLen(log, ""), "handle " + log + " was freed");
        assertThat(json.arrayLen(device, "log")).isEqualTo(2);
    }

    @Test
    void shouldDropTheReleaseOfAHandleThatTheScriptFrees() {
        long device = json.parse(DEVICE);
        json.getArray(device, "log");
        json.free(json.getObject(device, "limits"));
        assertThat(context.releaseCount()).isEqualTo(2);
        json.free(device);
        assertThat(context.releaseCount()).isZero();
    }

    @Test
    void shouldNumberHandlesFromOne() {
        assertThat(json.newObject()).isEqualTo(1);
        json.free(1);
        assertThat(json.newArray()).isEqualTo(2);
    }

    private static void helped(ThrowingCallable call, String help) {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(call)
                .satisfies(error -> assertThat(error.help()).contains(help));
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(ScriptError.class).isThrownBy(call).withMessage(message);
    }
}
