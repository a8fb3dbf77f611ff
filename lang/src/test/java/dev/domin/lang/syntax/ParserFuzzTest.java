package dev.domin.lang.syntax;

import static org.assertj.core.api.Assertions.fail;

import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ParserFuzzTest {

    private static final String[] PIECES = {
        "plugin",
        "\"s\"",
        "struct",
        "packet",
        "callback",
        "ref",
        "if",
        "else",
        "while",
        "do",
        "for",
        "switch",
        "case",
        "default",
        "break",
        "continue",
        "return",
        "structsize",
        "void",
        "i32",
        "i64",
        "double",
        "string",
        "blob",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        ";",
        ";",
        ";",
        ",",
        ".",
        "->",
        ":",
        "#",
        "#define A",
        "#define B A",
        "A",
        "B",
        "!",
        "~",
        "++",
        "--",
        "=",
        ":=",
        "+=",
        "<<=",
        "?",
        "||",
        "&&",
        "|",
        "&",
        "==",
        "<",
        "<<",
        "+",
        "-",
        "*",
        "/",
        "%",
        "$a",
        "$b",
        "foo",
        "x",
        "assign",
        "1",
        "2.5",
        "'c'",
        "9223372036854775808",
        "\n",
        "\n",
        "\"open",
        "'",
        "/*",
        "*/",
        "//",
        "\\",
        "@",
        "“",
        "”",
        "\u00a0",
        "\u202e",
        "é",
        "\ud83d",
        "\0",
        "int",
        "elif",
        "function",
        "var",
        "and",
        "not",
        "true",
        "main",
        "main()",
        "$",
        "\\\n",
        "\t",
        "const"
    };

    private static final String SCRIPT = """
            plugin "../plugins/print/PrintPlugin";
            #define PORT 5353
            struct Head packet { u16be id; u16be flags; string name[16]; }
            callback i32 OnPacket(ref blob $X)
            {
              $X assign Head; // the head
              if ($X.id == 0x1234 && $X.Length > 4) { $X[0] = 'a'; } else if (!$X[1]) return(0);
              $X = blob.FromText("hi\\n" "there") ;
              return(1);
            }
            i32 main() {
              i64 $sid, $n = -1; string $t[256]; blob $b[64];
              $sid = callbackudpserver.Open("OnPacket", -1, PORT);
              ref blob &S = $b; S assign Head; S.id = 3;
              for (i32 $i = 0; $i < 10; $i++) { $n += (i32)$i ? 1 : 2; $b[0:4] = $b[4:8]; }
              switch ($n) { case 1: case 2: printf("%d\\n", $n); break; default: do { $n--; } while ($n > 0); }
              while (1) { timer.SleepMs(10); }
              return 0;
            }
            """;

    private static void parse(long seed, String text) {
        var source = new SourceFile("fuzz.dom", text);
        var problems = new Diagnostics(source);
        try {
            Parser.parse(source, problems);
            problems.stopIfErrors();
        } catch (RefusedException refused) {
            if (seed % 8 != 0) {
                return; // rendering is the slow part, and has tests of its own
            }
            for (Diagnostic error : refused.diagnostics()) {
                ErrorRenderer.render(error, true);
            }
        } catch (RuntimeException | StackOverflowError e) {
            fail("seed " + seed + ": " + e + " for\n" + text, e);
        }
    }

    @Test
    void shouldRefuseTokenSoupsWithoutStumbling() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder();
            int pieces = random.nextInt(1, 60);
            for (int i = 0; i < pieces; i++) {
                text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextInt(4) == 0 ? "" : " ");
            }
            parse(seed, text.toString());
        }
    }

    @Test
    void shouldRefuseMutatedScriptsWithoutStumbling() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder(SCRIPT);
            int changes = random.nextInt(1, 6);
            for (int i = 0; i < changes; i++) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                    case 2 -> text.setCharAt(at, (char) random.nextInt(1, 0x100));
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 40)));
                }
            }
            parse(seed, text.toString());
        }
    }

    @Test
    void shouldRefuseScriptsCutAnywhere() {
        for (int end = 0; end < SCRIPT.length(); end++) {
            parse(end, SCRIPT.substring(0, end));
            parse(end, SCRIPT.substring(end));
        }
    }
}
