package dev.domin.spi.descriptor;

import dev.domin.spi.Param;
import java.util.function.Consumer;

/** The rules for what {@link Param} says of literal arguments. */
final class ParameterRules {

    private ParameterRules() {}

    /** Reports what is wrong, as the end of a sentence that begins with the parameter. */
    static void check(ParameterModel parameter, Param annotation, Kind kind, Consumer<String> problems) {
        boolean number = kind.isInteger() || kind == Kind.DOUBLE;
        if ((annotation.min() != Long.MIN_VALUE || annotation.max() != Long.MAX_VALUE) && !number) {
            problems.accept(" has a min or max, which only a number can have");
        } else if (annotation.min() > annotation.max()) {
            problems.accept(" has the min " + annotation.min() + ", which is above its max, " + annotation.max());
        } else if (number && !annotation.defaultValue().isEmpty() && !isInRange(annotation)) {
            problems.accept(" has the default value " + annotation.defaultValue() + ", which is not in its range");
        }
        if (annotation.callback() && kind != Kind.STRING) {
            problems.accept(" is a callback, which is given by its name: its type must be String");
        }
        if (!parameter.check().isEmpty() && kind != Kind.STRING) {
            problems.accept(" has a check, which only a String can have");
        }
    }

    private static boolean isInRange(Param annotation) {
        try {
            double value = annotation.defaultValue().startsWith("0x")
                    ? Long.decode(annotation.defaultValue())
                    : Double.parseDouble(annotation.defaultValue());
            return value >= annotation.min() && value <= annotation.max();
        } catch (NumberFormatException _) {
            return true; // reported as a default value that is no number
        }
    }
}
