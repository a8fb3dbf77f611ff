package dev.domin.lang.bind;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import dev.domin.lang.source.Suggestions;
import dev.domin.lang.syntax.Name;
import dev.domin.lang.syntax.Stmt;
import dev.domin.lang.syntax.TypeName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that all functions of a script share. */
final class Symbols {

    final SourceFile source;
    final PluginScope plugins;
    final Diagnostics problems;
    final HashMap<String, FunctionSymbol> functions = new HashMap<>();

    /** Null if there are none, as in most scripts. */
    @Nullable
    HashMap<String, StructLayout> structs;

    /** Whether a directive named an unknown plugin: unknown functions may belong to that one. */
    boolean pluginMissing;

    /** The statements outside all functions. */
    final List<Stmt> topLevel;

    /** Whether there is a {@code main}, so that statements at top level are mistakes, which are reported. */
    boolean hasMain;

    Symbols(SourceFile source, List<Stmt> topLevel, PluginScope plugins, Diagnostics problems) {
        this.topLevel = topLevel;
        this.source = source;
        this.plugins = plugins;
        this.problems = problems;
    }

    /** {@return the line in which something starts, from 1} */
    int line(Span span) {
        return source.position(span.start()).line();
    }

    /** {@return the declaration of a variable outside all functions, or null} */
    @Nullable
    Name global(String name) {
        for (var statement : topLevel) {
            if (statement instanceof Stmt.Declaration declaration) {
                for (var declared : declaration.names()) {
                    if (declared.text().equals(name)) {
                        return declared;
                    }
                }
            }
        }
        return null;
    }

    /** {@return the struct of that name, or null if there is none, which has been reported} */
    @Nullable
    StructLayout struct(Name name) {
        var found = structs == null ? null : structs.get(name.text());
        if (found == null) {
            String near = structs == null ? null : closest(name.text(), structs.keySet());
            problems.error(
                    name.span(),
                    "there is no struct `" + name.text() + "`",
                    near != null
                            ? "did you mean `" + near + "`?"
                            : "declare it before the functions, as in `struct " + name.text()
                                    + " packet { i32 port; }`");
        }
        return found;
    }

    /** {@return the type of that name} */
    static Type type(TypeName name) {
        return switch (name.text()) {
            case "void" -> Type.VOID;
            case "i32" -> Type.I32;
            case "i64" -> Type.I64;
            case "double" -> Type.DOUBLE;
            case "string" -> Type.STRING;
            case "blob" -> Type.BLOB;
            default -> throw new IllegalStateException("the parser let `" + name.text() + "` pass as a type");
        };
    }

    /** {@return the candidate that was probably meant, or null} */
    static @Nullable String closest(String wanted, Collection<String> candidates) {
        return Suggestions.closest(wanted, candidates);
    }

    /** {@return "a, b and c"} */
    static String list(Collection<String> words) {
        var all = new ArrayList<>(words);
        var text = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            if (i > 0) {
                text.append(i == all.size() - 1 ? " and " : ", ");
            }
            text.append('`').append(all.get(i)).append('`');
        }
        return text.toString();
    }
}
