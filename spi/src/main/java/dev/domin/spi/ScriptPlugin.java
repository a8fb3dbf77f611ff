package dev.domin.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares a {@link Plugin} class and documents it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ScriptPlugin {

    /**
     * The word before the dot in a call: {@code timer} in {@code timer.SleepMs(5)}. Two plugins may share a namespace.
     */
    String namespace();

    /**
     * What a directive names: the last part of its path, {@code TimerPlugin} in {@code plugin
     * "../plugins/timer/TimerPlugin";}, or a whole built-in name such as {@code builtin:os}.
     */
    String library();

    /** Other names that a directive may use for the same plugin. */
    String[] aliases() default {};

    /**
     * The path that documentation shows, such as {@code ../plugins/timer/TimerPlugin}; empty if it is the library's
     * name.
     */
    String path() default "";

    /** What the plugin is for: a paragraph of plain text. */
    String doc();
}
