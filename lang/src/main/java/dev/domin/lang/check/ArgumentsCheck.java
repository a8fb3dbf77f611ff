package dev.domin.lang.check;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundScript;
import dev.domin.lang.bind.FunctionSymbol;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.Suggestions;
import dev.domin.spi.ArgumentCheck;
import dev.domin.spi.Blob;
import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptError;
import dev.domin.spi.descriptor.ArgumentRule;
import java.util.List;

/** Warns of literal arguments with which a call of a plugin's function will fail. */
final class ArgumentsCheck extends BoundWalker {

    private final BoundScript script;
    private final Diagnostics problems;

    ArgumentsCheck(BoundScript script, Diagnostics problems) {
        this.script = script;
        this.problems = problems;
    }

    @Override
    public void visit(BoundExpr.PluginCall call) {
        for (var rule : script.plugins().get(call.plugin()).argumentRules()) {
            if (rule.function().equals(call.function().name())) {
                check(call, rule);
            }
        }
        super.visit(call);
    }

    private void check(BoundExpr.PluginCall call, ArgumentRule rule) {
        var argument = call.arguments().get(rule.parameter());
        if (argument instanceof BoundExpr.StringConstant text) {
            if (rule.callback() && !isCallback(text.value())) {
                problems.warning(
                        text.span(),
                        "argument " + name(call, rule) + " takes the name of a callback, got \""
                                + Escapes.quote(text.value()) + "\"",
                        callbackHelp(text.value()));
            }
            if (rule.check() != ArgumentCheck.class) {
                run(call, rule, text);
            }
        } else if (argument instanceof BoundExpr.NumberConstant number) {
            boolean fits = number.type() == Type.DOUBLE
                    ? rule.contains(number.doubleValue())
                    : rule.contains(number.longValue());
            if (!fits) {
                problems.warning(
                        number.span(),
                        "argument " + name(call, rule) + " takes " + rule.range() + ", got "
                                + (number.type() == Type.DOUBLE
                                        ? Double.toString(number.doubleValue())
                                        : Long.toString(number.longValue())),
                        call.function().parameters().get(rule.parameter()).help());
            }
        }
    }

    private String name(BoundExpr.PluginCall call, ArgumentRule rule) {
        var parameter = call.function().parameters().get(rule.parameter());
        return (rule.parameter() + 1) + " (" + parameter.name() + ") of " + shown(call);
    }

    private String shown(BoundExpr.PluginCall call) {
        return script.plugins().get(call.plugin()).namespace() + "."
                + call.function().name();
    }

    private boolean isCallback(String name) {
        for (var function : script.functions()) {
            if (function.symbol().callback() && function.symbol().name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private String callbackHelp(String name) {
        var symbols = script.functions().stream()
                .map(BoundScript.BoundFunction::symbol)
                .toList();
        for (var symbol : symbols) {
            if (symbol.name().equals(name)) {
                return "`" + name + "` is a function: declare it as `callback i32 " + name + "(ref blob $X)`";
            }
        }
        var callbacks = symbols.stream()
                .filter(FunctionSymbol::callback)
                .map(FunctionSymbol::name)
                .toList();
        String near = Suggestions.closest(name, callbacks);
        if (near != null) {
            return "did you mean `" + near + "`?";
        }
        return callbacks.isEmpty()
                ? "this script has no callback; declare one as `callback i32 NAME(ref blob $X)`"
                : "the callbacks are `" + String.join("`, `", callbacks) + "`";
    }

    private void run(BoundExpr.PluginCall call, ArgumentRule rule, BoundExpr.StringConstant text) {
        try {
            var check = rule.check().getConstructor().newInstance();
            check.check(text.value(), examples(call.arguments(), rule.parameter() + 1));
        } catch (ScriptError e) {
            problems.warning(call.span(), shown(call) + ": " + e.getMessage(), e.help());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    rule.check().getName() + " must be public and have a public constructor without parameters", e);
        }
    }

    /** {@return each argument from an index on, or where it is no literal an example of its type} */
    private static Object[] examples(List<BoundExpr> arguments, int from) {
        var examples = new Object[arguments.size() - from];
        for (int i = 0; i < examples.length; i++) {
            examples[i] = example(arguments.get(from + i));
        }
        return examples;
    }

    private static Object example(BoundExpr argument) {
        if (argument instanceof BoundExpr.StringConstant text) {
            return text.value();
        }
        return switch (argument.type()) {
            case I32 -> 0;
            case I64 -> 0L;
            case DOUBLE -> 0.0;
            case BLOB -> new Blob(0);
            default -> "";
        };
    }
}
