package dev.domin.spi.descriptor;

/**
 * A parameter as the binder checks it.
 *
 * @param name the name in messages
 * @param kind the kind of value
 * @param byRef whether the argument has to be a variable
 * @param defaultValue the script literal of an argument that is left out; empty for a compulsory one
 * @param help the way out of a wrong argument; may be empty
 */
public record ParameterDeclaration(String name, Kind kind, boolean byRef, String defaultValue, String help) {

    /** {@return whether the argument may be left out} */
    public boolean isOptional() {
        return !defaultValue.isEmpty();
    }
}
