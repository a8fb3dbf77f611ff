package dev.domin.spi;

/**
 * Checks a literal argument before the script runs; see {@link Param#check}. {@code domin check} warns of what it
 * finds. Implementations are public, have a public constructor without parameters, and hold no state.
 */
public interface ArgumentCheck {

    /**
     * Checks an argument.
     *
     * @param argument the literal, one char per byte
     * @param further the arguments after it: literal strings, and for others an example of their type, an {@link
     *     Integer} or {@link Long} of 0, a {@link Double}, an empty {@link String} or {@link Blob}
     * @throws ScriptError if a call with these arguments will fail, as the call itself would throw it
     */
    void check(String argument, Object... further);
}
