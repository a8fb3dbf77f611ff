package dev.domin.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public method of a {@link Plugin} a function of scripts. The compiler, the help and the reference read this
 * annotation.
 *
 * <p>The method's Java types are its script types: {@code int} and {@code long} take an {@code i32} or {@code i64} (a
 * value outside the range of {@code int} stops the script at the call), {@code double} a {@code double}, {@link String}
 * a {@code string} (one char per byte, see {@link ByteStrings}), {@link Blob} a {@code blob}; {@link IntRef}, {@link
 * LongRef}, {@link DoubleRef} and {@link StringRef} take the caller's variable by reference. A last parameter {@code
 * Object...} takes any further arguments as {@link Integer}, {@link Long}, {@link Double}, {@link String} or {@link
 * Blob}. The result is one of {@code void}, {@code int}, {@code long}, {@code double}, {@code String} and {@code Blob}.
 * The method may be static.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ScriptFunction {

    /** The function's name in scripts. */
    String name();

    /** Further names of the same function. */
    String[] aliases() default {};

    /** What the function does: one paragraph of plain text. */
    String doc();

    /** What the result means; empty only for {@code void}. */
    String returns() default "";

    /** When a call fails, in a sentence; empty if it cannot. */
    String errors() default "";

    /**
     * Statements that show the function in use, as in a script. The documentation puts in front of them the directives
     * of all plugins that they call, and a callback that returns 1 if they name {@code "OnPacket"} without declaring
     * it. They may declare their own callbacks first.
     */
    String example() default "";

    /**
     * What the example prints, with {@code <auto>} for a number that the system chooses; empty if it cannot be
     * predicted.
     */
    String output() default "";

    /** Whether scripts may also call it without the namespace, as {@code printf} is. */
    boolean global() default false;

    /** Whether it goes beyond what DominScript's own pages describe; documentation marks it. */
    boolean beyond() default false;
}
