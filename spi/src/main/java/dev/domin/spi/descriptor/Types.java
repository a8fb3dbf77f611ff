package dev.domin.spi.descriptor;

import org.jspecify.annotations.Nullable;

/** Maps Java types to the kinds of script values. */
final class Types {

    static final String PARAMETERS =
            "int, long, double, String, Blob, IntRef, LongRef, DoubleRef, StringRef, and Object... as the last";
    static final String RESULTS = "void, int, long, double, String and Blob";

    private Types() {}

    static @Nullable Kind parameterKind(String type) {
        return switch (type) {
            case "int" -> Kind.INT;
            case "long" -> Kind.LONG;
            case "double" -> Kind.DOUBLE;
            case "java.lang.String" -> Kind.STRING;
            case "java.lang.Object[]" -> Kind.VARIADIC;
            case "dev.domin.spi.Blob" -> Kind.BLOB;
            case "dev.domin.spi.IntRef" -> Kind.INT_REF;
            case "dev.domin.spi.LongRef" -> Kind.LONG_REF;
            case "dev.domin.spi.DoubleRef" -> Kind.DOUBLE_REF;
            case "dev.domin.spi.StringRef" -> Kind.STRING_REF;
            default -> null;
        };
    }

    static @Nullable Kind resultKind(String type) {
        return switch (type) {
            case "void" -> Kind.VOID;
            case "int" -> Kind.INT;
            case "long" -> Kind.LONG;
            case "double" -> Kind.DOUBLE;
            case "java.lang.String" -> Kind.STRING;
            case "dev.domin.spi.Blob" -> Kind.BLOB;
            default -> null;
        };
    }
}
