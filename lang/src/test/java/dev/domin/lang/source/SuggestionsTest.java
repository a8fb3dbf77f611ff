package dev.domin.lang.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

    private static final List<String> NAMES =
            List.of("Open", "OpenCount", "Close", "Port", "State", "StateText", "Handled", "id", "x");

    @ParameterizedTest
    @CsvSource({
        "Opne, Open",
        "open, Open",
        "Prot, Port",
        "Handeld, Handled",
        "handled, Handled",
        "StateTxt, StateText",
        "Clsoe, Close",
        "OpenCounts, OpenCount",
        "ID, id",
        "X, x"
    })
    void shouldFindTheNearest(String wanted, String expected) {
        assertThat(Suggestions.closest(wanted, NAMES)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"y", "Zebra", "Send", "ab"})
    void shouldSayNothingWhenNothingIsNear(String wanted) {
        assertThat(Suggestions.closest(wanted, NAMES)).isNull();
    }

    @Test
    void shouldPreferTheCaseThatWasWritten() {
        assertThat(Suggestions.closest("prntf", List.of("PrintF", "printf"))).isEqualTo("printf");
        assertThat(Suggestions.closest("PrntF", List.of("PrintF", "printf"))).isEqualTo("PrintF");
    }

    @Test
    void shouldNotCountTheEndingOfPlugins() {
        var plugins = List.of("BlobPlugin", "MapPlugin", "PrintPlugin");
        assertThat(Suggestions.closest("WebPlugin", plugins)).isNull();
        assertThat(Suggestions.closest("PrntPlugin", plugins)).isEqualTo("PrintPlugin");
        assertThat(Suggestions.closest("PrintPlugn", plugins)).isEqualTo("PrintPlugin");
    }

    @Test
    void shouldNotSuggestTheWordItselfNorCompareNovels() {
        assertThat(Suggestions.closest("abc", List.of("abc"))).isNull();
        assertThat(Suggestions.closest("a".repeat(10_000_000), NAMES)).isNull();
        assertThat(Suggestions.closest("", NAMES)).isNull();
    }
}
