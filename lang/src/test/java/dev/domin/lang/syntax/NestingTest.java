package dev.domin.lang.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestingTest {

    /** Messages of a script parsed on a thread with a small stack. */
    private static List<String> messagesOnSmallStack(String text) throws InterruptedException {
        var result = new AtomicReference<List<String>>();
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(null, () -> result.set(Trees.messages(text)), "small", 512 * 1024);
        thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
        return result.get();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "f(",
                "n.f(",
                "$a[",
                "!",
                "- ",
                "++",
                "(i32)",
                "$a = ",
                "1 ? ",
                "1 ? 1 : ",
                "1||1&&1|1^1&1==1<1<<1+1*(",
                "1 + ",
                "1 ? $a[-f((i64)"
            })
    void shouldRefuseDeepExpressions(String part) throws InterruptedException {
        assertThat(messagesOnSmallStack("$x = " + part.repeat(20_000)))
                .last()
                .asString()
                .contains("this is nested too deeply");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "if (1) ",
                "if (1) {",
                "while (1) ",
                "for (;;) ",
                "for (;;) {",
                "do ",
                "switch (1) { case 1: ",
                "if (1) ; else ",
                "if (1) ; else { "
            })
    void shouldRefuseDeepStatements(String part) throws InterruptedException {
        assertThat(messagesOnSmallStack(part.repeat(20_000)))
                .anySatisfy(message -> assertThat(message).contains("this is nested too deeply"));
    }

    @Test
    void shouldRefuseTenMegabytesOfParentheses() throws InterruptedException {
        assertThat(messagesOnSmallStack("(".repeat(10_000_000))).containsExactly("1:250: this is nested too deeply");
    }

    @Test
    void shouldTakeWhatPeopleAndGeneratorsWrite() throws InterruptedException {
        assertThat(messagesOnSmallStack("$x = 1" + " + 1".repeat(900) + ";")).isEmpty();
        assertThat(messagesOnSmallStack("if (1) ; " + "else if (1) ; ".repeat(900)))
                .isEmpty();
        assertThat(messagesOnSmallStack("$x = " + "(".repeat(200) + "1" + ")".repeat(200) + ";"))
                .isEmpty();
        assertThat(messagesOnSmallStack("$x = " + "f(".repeat(150) + "1" + ")".repeat(150) + ";"))
                .isEmpty();
        assertThat(messagesOnSmallStack("{".repeat(200) + "}".repeat(200))).isEmpty();
        assertThat(messagesOnSmallStack("$x = " + "\"a\"\n".repeat(100_000) + ";"))
                .isEmpty();
        assertThat(messagesOnSmallStack("$x = 1;\n".repeat(100_000))).isEmpty();
    }
}
