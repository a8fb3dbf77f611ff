package dev.domin.plugins.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loops over many members and elements have fast iterations, and long functions can be cancelled. */
class LongLoopsTest {

    /** With so many elements, an iteration that reads all of them would make a loop last for minutes. */
    private static final int MANY = 200_000;

    private final FakeScriptContext run = new FakeScriptContext();
    private final JsonPlugin json = new JsonPlugin();

    @BeforeEach
    void start() {
        json.start(run);
    }

    @Test
    @Timeout(60)
    void shouldRemoveMembersOneByOne() {
        long object = json.newObject();
        for (int i = 0; i < MANY; i++) {
            json.setInt(object, "k" + i, i);
            assertThat(json.keyAt(object, i, "").length()).isGreaterThan(1);
        }
        for (int left = MANY; left > 0; left--) {
            String key = json.keyAt(object, left % 2 == 0 ? 0 : left / 2, "");
            assertThat(json.remove(object, key)).isEqualTo(1);
        }
        assertThat(json.keyCount(object, "")).isZero();
    }

    @Test
    @Timeout(60)
    void shouldRemoveElementsOneByOne() {
        long array = json.newArray();
        for (int i = 0; i < MANY; i++) {
            json.appendInt(array, "", i);
        }
        for (int left = MANY; left > 0; left--) {
            json.arrayRemove(array, left % 2 == 0 ? 0 : left - 1);
        }
        assertThat(json.arrayLen(array, "")).isZero();
    }

    @Test
    void shouldEndWhenTheScriptIsCancelled() {
        String text = "[" + "{\"a\":1},".repeat(20_000) + "\"" + "x".repeat(300_000) + "\"]";
        long handle = json.parse(text);
        long other = json.newArray();
        assertCancelled(() -> json.parse(text));
        assertCancelled(() -> json.toText(handle, ""));
        assertCancelled(() -> json.appendObject(other, "", handle));
        assertThat(json.toText(handle, "")).isEqualTo(text);
    }

    private void assertCancelled(Runnable call) {
        run.cancelledAtCheck(5);
        assertThatExceptionOfType(FakeScriptContext.Unwound.class).isThrownBy(call::run);
    }
}
