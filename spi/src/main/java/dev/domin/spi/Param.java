package dev.domin.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names and explains a parameter of a {@link ScriptFunction}. Every parameter carries it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Param {

    /** The parameter's name, as messages and documentation show it. */
    String value();

    /** What it means, with its unit and range. */
    String doc();

    /** The value of an argument that is left out, written as a script literal; empty makes the argument compulsory. */
    String defaultValue() default "";

    /** For a {@link Blob}: the function changes it, so the argument has to be a variable. The {@code …Ref} types imply it. */
    boolean byRef() default false;

    /** What to do about an argument of the wrong type, for the help line of the message; may be empty. */
    String help() default "";
}
