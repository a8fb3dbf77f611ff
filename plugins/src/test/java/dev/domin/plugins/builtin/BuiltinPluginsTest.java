package dev.domin.plugins.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;
import dev.domin.spi.StringRef;
import dev.domin.spi.engine.BlobAccess;
import org.junit.jupiter.api.Test;

class BuiltinPluginsTest {

    @Test
    void shouldReturnTheArgumentsInOrder() {
        var os = new OsPlugin();
        os.start(new FakeScriptContext().withArguments("9000", "größer"));

        assertThat(os.argCount()).isEqualTo(2);
        assertThat(os.arg(0)).isEqualTo("9000");
        assertThat(os.arg(1)).hasSize(8);
    }

    @Test
    void shouldReportAMissingArgument() {
        var os = new OsPlugin();
        os.start(new FakeScriptContext().withArguments("9000"));

        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> os.arg(1))
                .withMessage("there is no argument 1; the script was started with 1");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> os.arg(-1))
                .withMessage("there is no argument -1; the script was started with 1");
    }

    @Test
    void shouldReturnWhetherABlobOverflowed() {
        var target = new Blob(3);
        BlobAccess.fill(target, new Blob(4));
        assertThat(BlobPlugin.overflow(target)).isEqualTo(1);
        BlobAccess.fill(target, new Blob(3));
        assertThat(BlobPlugin.overflow(target)).isEqualTo(0);
    }

    @Test
    void shouldReturnOverflowAndCapacityOfAString() {
        var target = new StringRef("", 4);
        target.fill("abcdefgh");
        assertThat(StringPlugin.overflow(target)).isEqualTo(1);
        assertThat(StringPlugin.capacity(target)).isEqualTo(4);
        target.assign("abcdefgh");
        assertThat(StringPlugin.overflow(target)).isEqualTo(0);
        assertThat(StringPlugin.capacity(target)).isEqualTo(8);
    }

    @Test
    void shouldFormatLikePrintf() {
        var string = new StringPlugin();
        string.start(new FakeScriptContext());
        assertThat(string.format("%s=%.3d", "id", 7)).isEqualTo("id=007");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> string.format("%d"))
                .withMessageStartingWith("`%d` at byte 0 of the format has no value");
    }
}
