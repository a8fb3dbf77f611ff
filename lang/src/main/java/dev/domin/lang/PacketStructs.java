package dev.domin.lang;

import dev.domin.lang.bind.PluginScope;
import dev.domin.lang.bind.StructLayout;
import dev.domin.lang.bind.StructLayouts;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.Parser;
import dev.domin.lang.syntax.ScriptTree;
import dev.domin.lang.syntax.Stmt;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the structs that callbacks lay over their packets, for tools that show packets. It looks at a callback's own
 * statements: {@code $X assign N} for its parameter, or for a variable that has got the payload by {@code
 * packet.Payload($X)} or by a slice of {@code $X} to its end. The first one counts.
 */
public final class PacketStructs {

    private final Map<String, Boolean> packets = new HashMap<>(); // variables, and whether they have the payload only
    private Stmt.@Nullable AssignOverlay first;

    private PacketStructs(String parameter) {
        packets.put(parameter, false);
    }

    /**
     * Finds the structs.
     *
     * @param source the script
     * @return the structs, at most one for each callback; none if the script has syntax errors
     */
    public static List<PacketStruct> of(SourceFile source) {
        try {
            var problems = new Diagnostics(source);
            var tree = Parser.parse(source, problems);
            problems.stopIfErrors();
            if (tree.structs().isEmpty()) {
                return List.of();
            }
            var layouts = StructLayouts.of(tree, new PluginScope(new NoPlugins(), false), problems);
            problems.stopIfErrors();
            return of(tree, layouts);
        } catch (RefusedException _) {
            return List.of();
        }
    }

    private static List<PacketStruct> of(ScriptTree tree, Map<String, StructLayout> layouts) {
        var found = new ArrayList<PacketStruct>();
        for (var function : tree.functions()) {
            if (function.callback() && !function.parameters().isEmpty()) {
                var scan = new PacketStructs(
                        function.parameters().getFirst().name().text());
                scan.read(function.body());
                var overlay = scan.first;
                var layout =
                        overlay == null ? null : layouts.get(overlay.struct().text());
                if (overlay != null && layout != null) {
                    String variable = overlay.variable().name();
                    boolean ofPayload = scan.packets.getOrDefault(variable, false);
                    found.add(new PacketStruct(
                            function.name().text(), "$" + variable, ofPayload, layout.name(), fields(layout)));
                }
            }
        }
        return found;
    }

    private static List<PacketStruct.Field> fields(StructLayout layout) {
        return layout.fields().stream()
                .map(field -> new PacketStruct.Field(
                        field.name(),
                        field.type().name().toLowerCase(Locale.ROOT),
                        field.bigEndian(),
                        field.offset(),
                        field.size()))
                .toList();
    }

    private void read(@Nullable Stmt statement) {
        if (statement == null || first != null) {
            return;
        }
        switch (statement) {
            case Stmt.Block block -> block.statements().forEach(this::read);
            case Stmt.If choice -> {
                read(choice.whenTrue());
                read(choice.whenFalse());
            }
            case Stmt.While loop -> read(loop.body());
            case Stmt.DoWhile loop -> read(loop.body());
            case Stmt.For loop -> {
                read(loop.initializer());
                read(loop.body());
            }
            case Stmt.Switch choice ->
                choice.cases().forEach(each -> each.statements().forEach(this::read));
            case Stmt.Declare declare ->
                declare.variables().forEach(each -> assign(each.name().text(), each.initializer()));
            case Stmt.DeclareRef declare -> assign(declare.name().text(), declare.initializer());
            case Stmt.Evaluate evaluate -> {
                if (evaluate.expression() instanceof Expr.Assign assign
                        && assign.target() instanceof Expr.Variable target) {
                    assign(target.name(), assign.value());
                }
            }
            case Stmt.AssignOverlay overlay -> {
                if (packets.containsKey(overlay.variable().name())) {
                    first = overlay;
                }
            }
            case Stmt.Break _, Stmt.Continue _, Stmt.Return _, Stmt.Empty _ -> {}
        }
    }

    /** Records what a variable has from now on. */
    private void assign(String variable, @Nullable Expr value) {
        var has = packet(value);
        if (has == null) {
            packets.remove(variable);
        } else {
            packets.put(variable, has);
        }
    }

    /** {@return whether a value is the payload only; null if it is no packet} */
    private @Nullable Boolean packet(@Nullable Expr value) {
        return switch (value) {
            case Expr.Variable variable -> packets.get(variable.name());
            case Expr.Slice slice when slice.to() == null && slice.from() != null && isWhole(slice.base()) -> true;
            case Expr.Call call
            when call.namespace() != null
                    && call.namespace().text().equals("packet")
                    && call.name().text().equals("Payload")
                    && call.arguments().size() == 1
                    && isWhole(call.arguments().getFirst()) -> true;
            case null, default -> null;
        };
    }

    /** {@return whether a value is the packet with its header} */
    private boolean isWhole(Expr value) {
        return value instanceof Expr.Variable variable && Boolean.FALSE.equals(packets.get(variable.name()));
    }

    /** Structs need no plugins. */
    private static final class NoPlugins implements PluginCatalog {

        @Override
        public Optional<PluginDescriptor> find(String library) {
            return Optional.empty();
        }

        @Override
        public List<String> libraries() {
            return List.of();
        }
    }
}
