package dev.domin.lang.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorRendererTest {

    private static String render(String text, int start, int end) {
        return ErrorRenderer.render(new SourceFile("a.dom", text), new Span(start, end), "error", "no", "", false);
    }

    @Test
    void shouldHaveTheShapeThatPeopleKnow() {
        String line = "  $sid = callbackudpserver.Open(\"OnPacket\", \"soon\", 0);";
        var source = new SourceFile("echo.dom", "\n\n\n" + line + "\n");
        int at = source.text().indexOf("\"soon\"");
        var error = new Diagnostic(
                source,
                new Span(at, at + 6),
                Diagnostic.Severity.ERROR,
                "argument 2 (timeoutMs) of callbackudpserver.Open takes int (i32 or i64), got string",
                "-1 waits without end; other values are milliseconds");
        assertThat(ErrorRenderer.render(error, false)).isEqualTo("""
                        echo.dom:4:45: error: argument 2 (timeoutMs) of callbackudpserver.Open takes int (i32 or i64), got string
                          4 |   $sid = callbackudpserver.Open("OnPacket", "soon", 0);
                            |                                             ^^^^^^
                          help: -1 waits without end; other values are milliseconds""");
    }

    @Test
    void shouldShowWarningsInYellowAndErrorsInRed() {
        var source = new SourceFile("a.dom", "x;");
        var warning = new Diagnostic(source, new Span(0, 1), Diagnostic.Severity.WARNING, "no", "");
        assertThat(ErrorRenderer.render(warning, false)).startsWith("a.dom:1:1: warning: no");
        assertThat(ErrorRenderer.render(warning, true))
                .contains("\u001b[1;33mwarning:", "\u001b[1;33m^")
                .doesNotContain("\u001b[1;31m");
        var error = new Diagnostic(source, new Span(0, 1), Diagnostic.Severity.ERROR, "no", "");
        assertThat(ErrorRenderer.render(error, true)).contains("\u001b[1;31merror:", "\u001b[1;31m^");
    }

    @Test
    void shouldKeepTabsAligned() {
        assertThat(render("\t$a\t= x;", 6, 7)).endsWith("  1 | \t$a\t= x;\n    | \t  \t  ^");
    }

    @Test
    void shouldCountWideAndCombiningCharacters() {
        assertThat(render("\"日本\" x", 5, 6)).endsWith("\n    |        ^");
        assertThat(render("\"e\u0301\" x", 5, 6)).startsWith("a.dom:1:6:").endsWith("\n    |     ^");
        assertThat(render("\"\ud83d\ude00\" x", 5, 6)).startsWith("a.dom:1:5:").endsWith("\n    |      ^");
    }

    @Test
    void shouldEndTheMarkWithTheLine() {
        assertThat(render("one two\nthree", 4, 13)).endsWith("  1 | one two\n    |     ^^^");
        assertThat(render("one\n", 3, 4)).endsWith("  1 | one\n    |    ^");
    }

    @Test
    void shouldMarkTheEndOfTheFile() {
        assertThat(render("one\n", 4, 4)).isEqualTo("a.dom:2:1: error: no\n  2 | \n    | ^");
        assertThat(render("", 0, 0)).isEqualTo("a.dom:1:1: error: no\n  1 | \n    | ^");
        assertThat(render("one", 90, 99)).startsWith("a.dom:1:4");
    }

    @Test
    void shouldCutLongLinesAroundTheSpot() {
        String text = "a".repeat(1000) + "HERE" + "b".repeat(1000);
        String[] lines = render(text, 1000, 1004).split("\n");
        assertThat(lines[1])
                .hasSizeLessThan(180)
                .contains("...aaa")
                .contains("aHEREb")
                .endsWith("bbb...");
        assertThat(lines[2].indexOf('^')).isEqualTo(lines[1].indexOf("HERE"));
        assertThat(lines[2]).endsWith(" ^^^^");
        assertThat(render(text, 0, 2000).split("\n")[2]).hasSizeLessThan(180);
        assertThat(render("\ud83d\ude00".repeat(500), 500, 502)).doesNotContain("U+D83D");
        for (var wide : new String[] {"\u001b", "\u65e5", "\u202e", "\u0301"}) {
            lines = render(wide.repeat(500) + "HERE" + wide.repeat(500), 500, 504)
                    .split("\n");
            assertThat(lines[1]).as(wide).hasSizeLessThan(180).contains("HERE");
            assertThat(lines[2]).hasSizeLessThan(180).endsWith("^^^^");
        }
        lines = render("\u001b".repeat(500) + "HERE", 500, 504).split("\n");
        assertThat(lines[2].indexOf('^')).isEqualTo(lines[1].indexOf("HERE"));
    }

    @Test
    void shouldSpellOutWhatDisturbsTerminals() {
        String shown = render("$a\u001b[31m\u202e = \0x", 12, 13);
        assertThat(shown).contains("$a<U+001B>[31m<U+202E> = <U+0000>x").doesNotContain("\u001b");
        String[] lines = shown.split("\n");
        assertThat(lines[2].indexOf('^')).isEqualTo(lines[1].indexOf("x"));
        String hostile = "\u001b[31m\r\n\u009b\u202e\ud800";
        assertThat(ErrorRenderer.render(new SourceFile(hostile, ""), new Span(0, 0), "error", hostile, hostile, false))
                .isEqualTo("E:1:1: error: E\n  1 | \n    | ^\n  help: E"
                        .replace("E", "\\x1b[31m\\r\\n\\xc2\\x9b\\xe2\\x80\\xae\\xed\\xa0\\x80"));
    }

    @Test
    void shouldColourWhenAsked() {
        var source = new SourceFile("a.dom", "x");
        assertThat(ErrorRenderer.render(source, new Span(0, 1), "runtime error", "no", "yes", true))
                .contains("\u001b[1;31mruntime error:\u001b[0m")
                .contains("\u001b[1;31m^\u001b[0m");
    }

    @Test
    void shouldWidenTheGutterWithTheNumber() {
        assertThat(render("\n".repeat(99) + "x", 99, 100)).isEqualTo("a.dom:100:1: error: no\n  100 | x\n      | ^");
    }
}
