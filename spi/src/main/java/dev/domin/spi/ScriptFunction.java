package dev.domin.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public method of a {@link Plugin} a function of scripts. Binder, help and reference read this annotation.
 *
 * <p>The method's Java types are its script types: {@code int} and {@code long} take an {@code i32} or {@code i64} (a value
 * outside the {@code int} range is refused when the call is made), {@code double} a {@code double}, {@link String} a
 * {@code string} (one char per byte, see {@link ByteStrings}), {@link Blob} a {@code blob}; {@link IntRef}, {@link LongRef},
 * {@link DoubleRef} and {@link StringRef} take the caller's variable by reference. A last parameter {@code Object...} takes any
 * further arguments as {@link Integer}, {@link Long}, {@link Double}, {@link String} or {@link Blob}. The result is one of
 * {@code void}, {@code int}, {@code long}, {@code double}, {@code String} and {@code Blob}. The method may be static.
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

    /** When a call fails, in a sentence; empty where it cannot. */
    String errors() default "";

    /**
     * Statements that show the function in use, as they would stand in a script. Documentation puts before them the directives
     * of this and all other plugins that they call, and, where they name a callback {@code "OnPacket"} without declaring it,
     * one that returns 1. They may declare callbacks of their own first.
     */
    String example() default "";

    /** What the example prints, with {@code <auto>} for a number that the system chooses; empty where it cannot be foretold. */
    String output() default "";

    /** Whether scripts may also call it without the namespace, as {@code printf} is. */
    boolean global() default false;

    /** Whether it goes beyond what DominScript's own pages describe; documentation marks it. */
    boolean beyond() default false;
}
