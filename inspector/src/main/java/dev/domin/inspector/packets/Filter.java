package dev.domin.inspector.packets;

import dev.domin.testkit.Packet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which packets to show. A filter is terms with spaces between them, all of which must hold; {@code -} before a term
 * negates it:
 *
 * <ul>
 *   <li>a word, or several in double quotes: in the payload, the client's address, the fate or the faults; upper and
 *       lower case are the same
 *   <li>{@code hex:01 ?? 03}: bytes anywhere in the payload; it goes on as long as there are pairs of digits or {@code
 *       ??}
 *   <li>{@code peer:127.0.0.1:4000}, {@code server::5300}: the address or a part of it
 *   <li>{@code fate:late}, or the beginning of it
 *   <li>{@code len>100}, {@code took>5ms}, {@code waited>=1.5ms}: with {@code < <= = >= >}
 *   <li>{@code dir:in}, {@code dir:out}: arrived, or sent
 *   <li>{@code #17}: the packet's number
 * </ul>
 *
 * <p>Immutable.
 */
public final class Filter implements Predicate<Packet> {

    private final String text;
    private final List<Predicate<Packet>> terms;

    private Filter(String text, List<Predicate<Packet>> terms) {
        this.text = text;
        this.terms = terms;
    }

    /**
     * Reads a filter.
     *
     * @param text the filter
     * @return it
     * @throws FilterException if it is wrong
     */
    public static Filter of(String text) throws FilterException {
        return new Filter(text, new FilterParser(text).terms());
    }

    @Override
    public boolean test(Packet packet) {
        for (var term : terms) {
            if (!term.test(packet)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether it has no terms, so that all packets match} */
    boolean isEmpty() {
        return terms.isEmpty();
    }

    /** {@return the text of the filter} */
    @Override
    public String toString() {
        return text;
    }
}
