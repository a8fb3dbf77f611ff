package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundScript;
import dev.domin.lang.bind.BoundScript.BoundFunction;
import dev.domin.lang.bind.FunctionSymbol;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.support.CompiledScript;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last stage: compiles a script to one JVM class. Functions become static methods, numbers JVM primitives, and
 * variables JVM locals, except those to which there are references.
 */
public final class Emitter {

    private static final int MAX_PARAMETER_SLOTS = 255;
    private static final int MAX_CONSTANTS = 65_535;

    /** So many fit into the method that calls them by number, whose code is limited to 64 KB. */
    private static final int MAX_CALLBACKS = 4096;

    private final BoundScript script;
    private final Diagnostics problems;
    private final ClassDesc program;
    private final String className;
    private final Places places = new Places();
    private final @Nullable StackBudget budget; // null for a script without recursion
    private final List<CompiledScript.Function> functions = new ArrayList<>();
    private final List<CompiledScript.Entry> callbacks = new ArrayList<>();
    private final List<FunctionSymbol> callbackSymbols = new ArrayList<>();
    private @Nullable ConstantPoolBuilder constants; // of the whole class, to find out what was too large

    private Emitter(BoundScript script, Diagnostics problems) {
        this.script = script;
        this.problems = problems;
        this.className = className(script.source().name());
        this.program = ClassDesc.of(className);
        this.budget = StackBudget.plan(script);
    }

    /**
     * Compiles the class.
     *
     * @param script the script, free of errors
     * @param problems receives an error if a function or the whole script is too large for the JVM
     * @return the class; null if an error was reported
     */
    public static @Nullable CompiledScript emit(BoundScript script, Diagnostics problems) {
        return new Emitter(script, problems).emit();
    }

    private @Nullable CompiledScript emit() {
        for (var function : script.functions()) {
            checkParameters(function.symbol());
            // Compares names, since the first call of a record's equals takes milliseconds at start-up.
            if (!function.symbol().name().equals(script.main().name())) {
                functions.add(declaration(function.symbol()));
            }
            if (function.symbol().callback()) {
                callbackSymbols.add(function.symbol());
                callbacks.add(new CompiledScript.Entry(
                        function.symbol().name(), function.symbol().span()));
            }
        }
        if (callbacks.size() > MAX_CALLBACKS) {
            problems.error(
                    callbacks.get(MAX_CALLBACKS).span(),
                    "the script has " + callbacks.size() + " callbacks, and may have " + MAX_CALLBACKS,
                    "one callback can serve any number of servers and timers");
        }
        if (problems.hasErrors()) {
            return null;
        }
        byte[] classFile;
        try {
            classFile = build(new WholeClass());
        } catch (IllegalArgumentException e) {
            reportTooLarge(e);
            return null;
        }
        return new CompiledScript(
                script.source(),
                className,
                classFile,
                script.plugins(),
                functions,
                List.copyOf(callbacks),
                places.list(),
                places.firsts());
    }

    private static CompiledScript.Function declaration(FunctionSymbol symbol) {
        var parameters = new ArrayList<CompiledScript.Parameter>();
        for (var parameter : symbol.parameters()) {
            parameters.add(new CompiledScript.Parameter(
                    parameter.name(), parameter.type().scriptName(), parameter.byRef()));
        }
        return new CompiledScript.Function(
                symbol.name(), symbol.span(), symbol.result().scriptName(), parameters);
    }

    private byte[] build(Consumer<ClassBuilder> content) {
        return ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(new Classes.Hierarchy()))
                .build(program, content);
    }

    private void checkParameters(FunctionSymbol symbol) {
        int slots = budget != null && budget.isCounted(symbol) ? 1 : 0;
        for (var parameter : symbol.parameters()) {
            slots += parameter.byRef() ? 1 : Classes.kind(parameter.type()).slotSize();
        }
        if (slots > MAX_PARAMETER_SLOTS) {
            problems.error(
                    symbol.span(),
                    "function `" + symbol.name()
                            + "` has more parameters than the JVM allows, 255 (i64 and double count twice)",
                    "put them in a blob and pass that by `ref`");
        }
    }

    /** Finds out what was too large by compiling each function to a separate class. */
    private void reportTooLarge(IllegalArgumentException failure) {
        boolean found = false;
        for (var function : script.functions()) {
            try {
                build(new SingleFunction(function));
            } catch (IllegalArgumentException e) {
                found = true;
                problems.error(
                        function.symbol().span(),
                        "function `" + function.symbol().name()
                                + "` compiles to more code than the JVM allows in one method (64 KB)",
                        "split it into several functions");
            }
        }
        if (!found) {
            if (constants == null || constants.size() <= MAX_CONSTANTS) {
                throw failure; // nothing is too large: a mistake of the compiler
            }
            problems.error(
                    script.main().span(),
                    "the script has more functions, names and constants than the JVM allows in one class (65,535)",
                    "split it into several scripts");
        }
    }

    private static String className(String sourceName) {
        int start = Math.max(sourceName.lastIndexOf('/'), sourceName.lastIndexOf('\\')) + 1;
        int end = sourceName.endsWith(".dom") ? sourceName.length() - 4 : sourceName.length();
        var name = new StringBuilder("dominscript.Script_");
        for (int i = start; i < end && name.length() < 200; i++) {
            char c = sourceName.charAt(i);
            boolean legal = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            name.append(legal ? c : '_');
        }
        return name.toString();
    }

    private void emitFunction(ClassBuilder builder, BoundFunction function) {
        builder.withMethodBody(
                Classes.methodName(function.symbol()),
                budget == null ? Classes.signature(function.symbol()) : budget.signature(function.symbol()),
                ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                new FunctionBody(function));
    }

    /** The whole class. */
    private final class WholeClass implements Consumer<ClassBuilder> {
        @Override
        public void accept(ClassBuilder builder) {
            constants = builder.constantPool();
            places.rewind(0);
            places.number(script.main().span());
            builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            builder.withSuperclass(Classes.PROGRAM);
            builder.with(SourceFileAttribute.of(script.source().name()));
            new FixedMethods(script, program, budget, callbackSymbols).addTo(builder);
            for (var function : script.functions()) {
                problems.checkTimeNow(function.symbol().span().start());
                emitFunction(builder, function);
            }
            if (budget != null) {
                StackBudget.addMethods(builder, program);
            }
        }
    }

    /** A class with a single function, to find out whether it is too large. */
    private final class SingleFunction implements Consumer<ClassBuilder> {
        private final BoundFunction function;

        SingleFunction(BoundFunction function) {
            this.function = function;
        }

        @Override
        public void accept(ClassBuilder builder) {
            emitFunction(builder, function);
        }
    }

    /** The body of a function of the script. It may be generated twice, because long branches are detected late. */
    private final class FunctionBody implements Consumer<CodeBuilder> {
        private final BoundFunction function;
        private int firstPlace = -1;

        FunctionBody(BoundFunction function) {
            this.function = function;
        }

        @Override
        public void accept(CodeBuilder code) {
            if (firstPlace < 0) {
                firstPlace = places.begin(Classes.methodName(function.symbol()));
            }
            places.rewind(firstPlace);
            var writer = new CodeWriter(code, program, places, budget);
            new FunctionEmitter(function, writer, script.plugins(), problems).emit();
        }
    }
}
