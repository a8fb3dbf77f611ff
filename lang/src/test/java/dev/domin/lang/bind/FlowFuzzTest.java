package dev.domin.lang.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generates functions at random: what the binder accepts, the JVM's verifier must accept too. */
class FlowFuzzTest {

    private static final String[] CONDITIONS = {
        "$c", "1", "0", "$c > 3", "($x = $c) > 0", "$x > 0", "($y = $c) > 0", "$y", "!$c", "H($x)", "H($c)"
    };

    private final Random random = new Random(25);

    @Test
    void shouldNeverAcceptWhatTheJvmRefuses() {
        int accepted = 0;
        for (int i = 0; i < 4_000; i++) {
            String result = random.nextBoolean() ? "i32" : "void";
            String text = "i32 H(i32 $a) { return($a); } " + result + " F(i32 $c) { i32 $x; i32 $y; i64 $w = 1; "
                    + statements(3, false, result) + " } void main() { }";
            if (Scripts.errors(text).isEmpty()) {
                accepted++;
                Scripts.define(text);
            }
        }
        assertThat(accepted).isGreaterThan(400);
    }

    private String statements(int depth, boolean loop, String result) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(statement(depth, loop, result)).append(' ');
        }
        return text.toString();
    }

    private String statement(int depth, boolean loop, String result) {
        return switch (random.nextInt(depth > 0 ? 17 : 9)) {
            case 0, 1 -> "$x = " + random.nextInt(9) + ";";
            case 2 -> "$y = $c;";
            case 3 -> "$c = $x;";
            case 4 -> "$w += $y;";
            case 5 -> loop ? "break;" : ";";
            case 6 -> loop ? "continue;" : "$c++;";
            case 7 -> random.nextInt(3) > 0 ? "$c--;" : result.equals("i32") ? "return($c);" : "return;";
            case 8 -> "$c = " + condition(2) + " ? ($x = 1) : ($x = " + condition(1) + ");";
            case 9, 10 -> "if (" + condition(2) + ") { " + statements(depth - 1, loop, result) + "}";
            case 11 ->
                "if (" + condition(2) + ") { " + statements(depth - 1, loop, result) + "} else { "
                        + statements(depth - 1, loop, result) + "}";
            case 12 -> "while (" + condition(2) + ") { " + statements(depth - 1, true, result) + "}";
            case 13 -> "do { " + statements(depth - 1, true, result) + "} while (" + condition(2) + ");";
            case 14 ->
                "for (i32 $i = 0; " + (random.nextBoolean() ? condition(1) : "") + "; $c = " + condition(1) + ") { "
                        + statements(depth - 1, true, result) + "}";
            case 15 ->
                "switch ($c) { case 1: " + statements(depth - 1, loop, result) + "case 2: case 3: "
                        + statements(depth - 1, loop, result) + (random.nextBoolean() ? "default: $x = 1;" : "") + " }";
            default -> "{ i32 $z; " + statements(depth - 1, loop, result) + "$z = 1; }";
        };
    }

    private String condition(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return CONDITIONS[random.nextInt(CONDITIONS.length)];
        }
        return switch (random.nextInt(4)) {
            case 0 -> "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
            case 1 -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
            case 2 -> "!(" + condition(depth - 1) + ")";
            default -> "(" + condition(depth - 1) + " ? " + condition(depth - 1) + " : " + condition(depth - 1) + ")";
        };
    }
}
