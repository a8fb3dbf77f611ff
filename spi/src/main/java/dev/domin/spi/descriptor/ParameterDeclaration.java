package dev.domin.spi.descriptor;

/**
 * A parameter as the binder checks it.
 *
 * @param name the name in messages
 * @param kind the kind of value
 * @param byRef whether the argument must be a variable
 * @param defaultValue the script literal for an omitted argument; empty for a required one
 * @param help help for a wrong argument; may be empty
 */
public record ParameterDeclaration(String name, Kind kind, boolean byRef, String defaultValue, String help) {

    /** {@return whether the argument may be omitted} */
    public boolean isOptional() {
        return !defaultValue.isEmpty();
    }
}
