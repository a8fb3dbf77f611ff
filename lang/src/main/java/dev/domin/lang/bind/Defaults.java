package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.spi.descriptor.ParameterDeclaration;

/** Reads the default values that plugins declare. */
final class Defaults {

    private Defaults() {}

    /**
     * Returns the argument for an omitted one.
     *
     * @param span the place of the call
     * @param parameter an optional parameter
     * @return its default value, of its type
     */
    static BoundExpr value(Span span, ParameterDeclaration parameter) {
        String literal = parameter.defaultValue();
        var kind = parameter.kind();
        return switch (kind) {
            case INT -> new BoundExpr.IntConstant(span, (int) (long) Long.decode(literal));
            case LONG -> new BoundExpr.LongConstant(span, Long.decode(literal));
            case DOUBLE -> new BoundExpr.DoubleConstant(span, Double.parseDouble(literal));
            case STRING -> new BoundExpr.StringConstant(span, unquoted(literal));
            default -> throw new IllegalStateException("a parameter of kind " + kind + " has no default value");
        };
    }

    private static String unquoted(String literal) {
        var text = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c == '\\') {
                i++;
                c = literal.charAt(i) == 'n' ? '\n' : literal.charAt(i) == 't' ? '\t' : literal.charAt(i);
            }
            text.append(c);
        }
        return text.toString();
    }
}
