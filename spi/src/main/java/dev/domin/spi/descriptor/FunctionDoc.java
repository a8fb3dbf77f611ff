package dev.domin.spi.descriptor;

import java.util.List;

/**
 * The page of one function, as help and reference show it.
 *
 * @param name the function's name
 * @param aliases its further names
 * @param doc what it does
 * @param parameters what each parameter means, in order
 * @param returns what the result means
 * @param errors when a call fails
 * @param example statements that show it in use
 * @param output what the example prints
 * @param beyond whether it goes beyond what DominScript's own pages describe
 */
public record FunctionDoc(
        String name,
        List<String> aliases,
        String doc,
        List<String> parameters,
        String returns,
        String errors,
        String example,
        String output,
        boolean beyond) {}
