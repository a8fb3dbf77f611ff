package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class file that {@code check --emit} writes. */
class EmitTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path script;
    private Path target;

    @BeforeEach
    void writeScript() throws IOException {
        script = Files.writeString(
                folder.resolve("twice.dom"), "i32 Twice(i32 $n) { return $n * 2; } i32 main() { return Twice(4); }");
        target = folder.resolve("twice.class");
    }

    @Test
    void shouldWriteTheClassThatRuns() throws IOException {
        assertThat(run("check", "--emit", target.toString(), script.toString())).isEqualTo(ExitCode.OK.code());
        var model = ClassFile.of().parse(target);
        assertThat(model.thisClass().asInternalName()).isEqualTo("dominscript/Script_twice");
        assertThat(model.methods()).anyMatch(method -> method.methodName().equalsString("fn_Twice"));
        assertThat(ClassFile.of().verify(model))
                .allMatch(error -> error.getMessage().contains("Could not resolve"));
        assertThat(out).hasToString(script + ": no errors\n");
        assertThat(err).asString().isEmpty();
    }

    @Test
    void shouldWriteNothingForAScriptWithErrors() throws IOException {
        Files.writeString(script, "i32 main() { return $x; }");
        assertThat(run("check", "--emit", target.toString(), script.toString())).isEqualTo(ExitCode.REFUSED.code());
        assertThat(target).doesNotExist();
        assertThat(err).asString().contains("there is no variable `$x` here");
    }

    @Test
    void shouldSayWhyTheClassCannotBeWritten() {
        String nowhere = folder.resolve("none").resolve("twice.class").toString();
        assertThat(run("check", "--emit", nowhere, script.toString())).isEqualTo(ExitCode.USAGE.code());
        assertThat(err).asString().contains("domin: cannot write " + nowhere + ": there is no such file or folder");
    }

    @Test
    void shouldNameTheFileOnceWhenItCannotBeWritten() throws IOException {
        Files.createDirectory(target);
        assertThat(run("check", "--emit", target.toString(), script.toString())).isEqualTo(ExitCode.USAGE.code());
        assertThat(err).asString().containsOnlyOnce(target.toString());
    }

    @Test
    void shouldRequireOneClassFileAndOneScript() {
        assertThat(run("check", "--emit", target.toString())).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("check", "--emit", target.toString(), script.toString(), script.toString()))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(err).asString().contains("check --emit takes the class file to write and one script");
        assertThat(target).doesNotExist();
    }

    @Test
    void shouldNotOverwriteAScript() throws IOException {
        var other = Files.writeString(folder.resolve("other.dom"), "i32 main() { return 0; }");
        assertThat(run("check", "--emit", other.toString(), script.toString())).isEqualTo(ExitCode.USAGE.code());
        assertThat(other).hasContent("i32 main() { return 0; }");
        assertThat(err)
                .asString()
                .contains("check --emit cannot write to " + other
                        + ": the file to write comes first, and its name must end in .class");
    }

    private int run(String... arguments) {
        return new Cli(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false).run(arguments);
    }
}
