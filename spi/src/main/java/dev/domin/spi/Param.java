package dev.domin.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names and explains a parameter of a {@link ScriptFunction}. Every parameter has it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Param {

    /** The parameter's name, as messages and documentation show it. */
    String value();

    /** What it means, with its unit and range. */
    String doc();

    /** The value of an omitted argument, written as a script literal. If empty, the argument is required. */
    String defaultValue() default "";

    /**
     * For a {@link Blob}: the function changes it, so the argument must be a variable. The {@code …Ref} types imply it.
     */
    boolean byRef() default false;

    /** For a number: the smallest value. The function checks it; {@code domin check} warns of a literal below it. */
    long min() default Long.MIN_VALUE;

    /** For a number: the largest value. The function checks it; {@code domin check} warns of a literal above it. */
    long max() default Long.MAX_VALUE;

    /** For a {@link String}: whether it names a callback of the script, whatever the other arguments are. */
    boolean callback() default false;

    /** For a {@link String}: a check of literal arguments; by default there is none. */
    Class<? extends ArgumentCheck> check() default ArgumentCheck.class;

    /** Help for an argument of the wrong type, shown under the error message; may be empty. */
    String help() default "";
}
