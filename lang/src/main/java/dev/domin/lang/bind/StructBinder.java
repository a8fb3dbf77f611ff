package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.ScriptTree;
import dev.domin.spi.Blob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the layouts of structs. */
final class StructBinder {

    private static final String ORDER_SUFFIX = "be";

    private static final List<String> NAMES = List.of(
            "i8",
            "u8",
            "i16",
            "u16",
            "i32",
            "u32",
            "i64",
            "f32",
            "double",
            "string",
            "blob",
            "i16be",
            "u16be",
            "i32be",
            "u32be",
            "i64be",
            "f32be",
            "doublebe");

    private static final List<String> FOREIGN = List.of("int", "long", "short", "char", "byte", "bool", "float", "f64");

    private final Symbols symbols;

    /** Outside all functions: sizes are constants. */
    private final ExprBinder expressions;

    StructBinder(Symbols symbols) {
        this.symbols = symbols;
        this.expressions = new ExprBinder(new Body(symbols, null, false));
    }

    /** {@return a field's type as the script writes it} */
    static String typeName(StructLayout.Field field) {
        String word = switch (field.type()) {
            case I8 -> "i8";
            case U8 -> "u8";
            case I16 -> "i16";
            case U16 -> "u16";
            case I32 -> "i32";
            case U32 -> "u32";
            case I64 -> "i64";
            case F32 -> "f32";
            case DOUBLE -> "double";
            case STRING -> "string[" + field.size() + "]";
            case BLOB -> "blob[" + field.size() + "]";
        };
        return field.bigEndian() ? word + ORDER_SUFFIX : word;
    }

    private static @Nullable FieldType simple(String word) {
        return switch (word) {
            case "i8" -> FieldType.I8;
            case "u8" -> FieldType.U8;
            case "i16" -> FieldType.I16;
            case "u16" -> FieldType.U16;
            case "i32" -> FieldType.I32;
            case "u32" -> FieldType.U32;
            case "i64" -> FieldType.I64;
            case "f32" -> FieldType.F32;
            case "double" -> FieldType.DOUBLE;
            case "string" -> FieldType.STRING;
            case "blob" -> FieldType.BLOB;
            default -> null;
        };
    }

    /** Binds a struct and adds it to the symbols, even if it contains a mistake. */
    void bind(ScriptTree.Struct tree) {
        String name = tree.name().text();
        if (symbols.structs == null) {
            symbols.structs = new HashMap<>();
        } else if (symbols.structs.containsKey(name)) {
            error(tree.name().span(), "struct `" + name + "` is declared twice", "");
            return;
        }
        var fields = new ArrayList<StructLayout.Field>();
        var names = new HashSet<String>();
        long offset = 0;
        int alignment = 1;
        for (var field : tree.fields()) {
            var type = fieldType(field);
            boolean isNew = names.add(field.name().text());
            if (type == null) {
                offset = Math.max(offset, 1);
                fields.add(new StructLayout.Field(field.name().text(), FieldType.BLOB, false, 0, 0));
                continue;
            }
            long size = fieldSize(field, type);
            checkName(tree, isNew, field);
            if (!tree.packed()) {
                offset = aligned(offset, type.width());
                alignment = Math.max(alignment, type.width());
            }
            boolean bigEndian = field.type().text().endsWith(ORDER_SUFFIX);
            fields.add(new StructLayout.Field(field.name().text(), type, bigEndian, (int) offset, (int) size));
            offset += size;
            if (aligned(offset, alignment) > Blob.MAXIMUM_LENGTH) {
                error(
                        field.span(),
                        "struct `" + name + "` is larger than any blob",
                        "a blob has at most " + Blob.MAXIMUM_LENGTH + " bytes, whatever the limit of a run");
                offset = 0;
            }
        }
        if (tree.fields().isEmpty()) {
            error(tree.name().span(), "struct `" + name + "` has no fields", "give it one, as in `u16be port;`");
        }
        symbols.structs.put(name, new StructLayout(name, (int) aligned(offset, alignment), List.copyOf(fields)));
    }

    private static long aligned(long offset, int alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    private void checkName(ScriptTree.Struct tree, boolean isNew, ScriptTree.Field field) {
        String name = field.name().text();
        if (name.equals("Length")) {
            error(
                    field.name().span(),
                    "a field cannot be called `Length`",
                    "`.Length` of a blob is its length in bytes; choose another name");
        }
        if (!isNew) {
            error(field.name().span(), "struct `" + tree.name().text() + "` has two fields `" + name + "`", "");
        }
    }

    private @Nullable FieldType fieldType(ScriptTree.Field field) {
        String word = field.type().text();
        var span = field.type().span();
        var type = simple(word);
        if (type != null) {
            return type;
        }
        if (word.endsWith(ORDER_SUFFIX)) {
            String base = word.substring(0, word.length() - ORDER_SUFFIX.length());
            type = simple(base);
            if (type != null && type.width() > 1) {
                return type;
            }
            if (type != null) {
                error(span, "`" + base + "` has no byte order, so there is no `" + word + "`", "write `" + base + "`");
                return null;
            }
        }
        error(span, "there is no field type `" + word + "`", typeHelp(word));
        return null;
    }

    private String typeHelp(String word) {
        if (symbols.structs != null && symbols.structs.containsKey(word)) {
            return "a struct cannot be inside another: write its fields, or a `blob` of its size";
        }
        if (word.equals("u64") || word.equals("u64be")) {
            return "use `" + word.replace('u', 'i') + "`, which has the same bits";
        }
        // A type of another language resembles one of ours by chance only.
        if (!FOREIGN.contains(word)) {
            String near = Symbols.closest(word, NAMES);
            if (near != null) {
                return "did you mean `" + near + "`?";
            }
        }
        return "the types are i8 u8 i16 u16 i32 u32 i64 double, with the suffix `be` for network byte order, "
                + "`string NAME[n]` and `blob NAME[n]`";
    }

    private long fieldSize(ScriptTree.Field field, FieldType type) {
        boolean sized = type == FieldType.STRING || type == FieldType.BLOB;
        String word = field.type().text();
        String name = field.name().text();
        if (!sized) {
            if (field.size() != null) {
                error(
                        field.size().span(),
                        "a field of type `" + word + "` takes no size",
                        "only `string` and `blob` fields have one; write one field for each number");
            }
            return type.width();
        }
        if (field.size() == null) {
            error(field.name().span(), "field `" + name + "` needs a size", "write `" + word + " " + name + "[16];`");
            return 1;
        }
        var size = expressions.value(field.size());
        if (size.type() == Type.ERROR) {
            return 1;
        }
        if (!(size instanceof BoundExpr.NumberConstant constant) || !size.type().isInteger()) {
            error(field.size().span(), "the size of a field must be a constant whole number", "");
            return 1;
        }
        long value = constant.longValue();
        if (value < 1 || value > Blob.MAXIMUM_LENGTH) {
            error(
                    field.size().span(),
                    "the size of a field must be 1 to " + Blob.MAXIMUM_LENGTH + ", got " + value,
                    "");
            return 1;
        }
        return value;
    }

    private void error(Span span, String message, String help) {
        symbols.problems.error(span, message, help);
    }
}
