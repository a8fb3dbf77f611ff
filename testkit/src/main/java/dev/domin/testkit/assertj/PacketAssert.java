package dev.domin.testkit.assertj;

import dev.domin.testkit.Fate;
import dev.domin.testkit.Match;
import dev.domin.testkit.Packet;
import dev.domin.testkit.Reply;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a packet. */
@SuppressWarnings("exports") // whoever uses it has AssertJ on the path
public final class PacketAssert extends AbstractAssert<PacketAssert, Packet> {

    PacketAssert(Packet packet) {
        super(packet, PacketAssert.class);
    }

    /**
     * Verifies the whole text, read as UTF-8.
     *
     * @param expected the text
     * @return these assertions
     */
    public PacketAssert hasText(String expected) {
        return matches(Match.text(expected));
    }

    /**
     * Verifies all bytes.
     *
     * @param digits pairs of hexadecimal digits; spaces are ignored
     * @return these assertions
     */
    public PacketAssert hasHex(String digits) {
        return matches(Match.bytes(Reply.hex(digits).payload()));
    }

    /**
     * Verifies a match.
     *
     * @param match the match
     * @return these assertions
     */
    public PacketAssert matches(Match match) {
        isNotNull();
        if (!match.matches(actual)) {
            failWithMessage("%n%s%n%s", actual, match.explain(actual));
        }
        return this;
    }

    /**
     * Verifies the fate.
     *
     * @param expected the fate
     * @return these assertions
     */
    public PacketAssert hasFate(Fate expected) {
        isNotNull();
        if (actual.fate() != expected) {
            failWithMessage("expected the fate %s%n%s", expected.label(), actual);
        }
        return this;
    }

    /**
     * Verifies that it came at least some time after another packet.
     *
     * @param gap the least time between them
     * @param earlier the other packet
     * @return these assertions
     */
    public PacketAssert isAtLeastAfter(Duration gap, Packet earlier) {
        Duration between = since(earlier);
        if (between.compareTo(gap) < 0) {
            failWithMessage("expected at least %s between%n%s and%n%s, but was %s", gap, earlier, actual, between);
        }
        return this;
    }

    /**
     * Verifies that it came after another packet, or at the same time, and at most some time later.
     *
     * @param gap the most time between them
     * @param earlier the other packet
     * @return these assertions
     */
    public PacketAssert isWithin(Duration gap, Packet earlier) {
        Duration between = since(earlier);
        if (between.isNegative() || between.compareTo(gap) > 0) {
            failWithMessage("expected at most %s between%n%s and%n%s, but was %s", gap, earlier, actual, between);
        }
        return this;
    }

    private Duration since(Packet earlier) {
        isNotNull();
        return Duration.between(earlier.time(), actual.time());
    }
}
