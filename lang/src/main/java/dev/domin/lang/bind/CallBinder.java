package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.Name;
import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.Kind;
import dev.domin.spi.descriptor.ParameterDeclaration;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;

/** Binds calls of functions of the script and of plugins. */
final class CallBinder {

    private final Body body;
    private final ExprBinder expressions;

    CallBinder(Body body, ExprBinder expressions) {
        this.body = body;
        this.expressions = expressions;
    }

    BoundExpr call(Expr.Call call) {
        String name = call.name().text();
        if (call.namespace() != null) {
            return qualified(call.span(), call.namespace(), call.name(), call.arguments());
        }
        var function = body.symbols.functions.get(name);
        if (function != null) {
            return user(call, function);
        }
        for (var plugin : body.symbols.plugins.inScope()) {
            var declaration = PluginScope.function(plugin, name);
            if (declaration != null && declaration.global()) {
                return plugin(call.span(), call.name().span(), plugin, declaration, name, call.arguments());
            }
        }
        expressions.bindAll(call.arguments());
        UnknownNames.reportFunction(body.symbols, call.name());
        return Body.mistake(call.span());
    }

    /** Binds {@code namespace.Name} without parentheses: a call without arguments. */
    BoundExpr bareMember(Expr.Member member, Expr.Variable namespace) {
        if (!UnknownNames.isNamespace(body, namespace.name())) {
            body.variable(namespace);
            return Body.mistake(member.span());
        }
        return qualified(member.span(), new Name(namespace.span(), namespace.name()), member.name(), List.of());
    }

    private BoundExpr qualified(Span span, Name namespace, Name name, List<Expr> arguments) {
        PluginDescriptor found = null;
        for (var plugin : body.symbols.plugins.inScope()) {
            if (found == null
                    && plugin.namespace().equals(namespace.text())
                    && PluginScope.function(plugin, name.text()) != null) {
                found = plugin;
            }
        }
        if (found == null) {
            found = body.symbols.plugins.builtin(namespace.text());
        }
        var declaration = found == null ? null : PluginScope.function(found, name.text());
        if (found != null && declaration != null) {
            String shown = namespace.text() + "." + name.text();
            return plugin(span, namespace.span().to(name.span()), found, declaration, shown, arguments);
        }
        expressions.bindAll(arguments);
        UnknownNames.reportQualified(body.symbols, namespace, name);
        return Body.mistake(span);
    }

    private BoundExpr user(Expr.Call call, FunctionSymbol function) {
        body.calls.add(function);
        var parameters = function.parameters();
        var given = call.arguments();
        if (given.size() != parameters.size()) {
            expressions.bindAll(given);
            return expressions.refuse(
                    given.size() > parameters.size()
                            ? given.get(parameters.size()).span()
                            : call.name().span(),
                    "`" + function.name() + "` takes " + counted(parameters.size()) + ", got " + given.size(),
                    Signatures.of(function));
        }
        var arguments = new ArrayList<BoundExpr>(given.size());
        boolean broken = false;
        for (int i = 0; i < given.size(); i++) {
            var parameter = parameters.get(i);
            String what = "argument " + (i + 1) + " ($" + parameter.name() + ") of `" + function.name() + "`";
            BoundExpr argument;
            if (parameter.byRef()) {
                argument = reference(
                        given.get(i), parameter.type(), what, "ref " + parameter.type(), Signatures.of(function));
            } else {
                var value = expressions.value(given.get(i));
                argument = Conversions.store(body.symbols, value, parameter.type(), "of " + what);
                if (argument == null) {
                    argument = expressions.refuse(
                            given.get(i).span(),
                            what + " takes " + parameter.type() + ", got " + Conversions.shown(value, parameter.type()),
                            Conversions.help(body.symbols, value, parameter.type()));
                }
            }
            broken |= argument.type() == Type.ERROR;
            arguments.add(argument);
        }
        return broken && function.result() != Type.VOID
                ? Body.mistake(call.span())
                : new BoundExpr.UserCall(call.span(), function, arguments);
    }

    private static String counted(int count) {
        return count == 0 ? "no arguments" : count == 1 ? "1 argument" : count + " arguments";
    }

    private BoundExpr plugin(
            Span span,
            Span nameSpan,
            PluginDescriptor plugin,
            FunctionDeclaration function,
            String shown,
            List<Expr> given) {
        int index = body.symbols.plugins.use(plugin);
        var parameters = function.parameters();
        int fixed = function.isVariadic() ? parameters.size() - 1 : parameters.size();
        int least = function.minimumArguments();
        if (given.size() < least || given.size() > fixed && !function.isVariadic()) {
            expressions.bindAll(given);
            return expressions.refuse(
                    given.size() > fixed ? given.get(fixed).span() : nameSpan,
                    shown + " takes " + expected(function, least, fixed) + ", got " + given.size(),
                    Signatures.of(plugin, function));
        }
        var arguments = new ArrayList<BoundExpr>(Math.max(fixed, given.size()));
        boolean broken = false;
        for (int i = 0; i < Math.max(fixed, given.size()); i++) {
            BoundExpr argument;
            if (i >= given.size()) {
                argument = Defaults.value(span, parameters.get(i));
            } else if (i >= fixed) {
                argument = expressions.value(given.get(i));
            } else {
                argument = argument(
                        given.get(i),
                        parameters.get(i),
                        shown,
                        "argument " + (i + 1) + " (" + parameters.get(i).name() + ") of " + shown);
            }
            broken |= argument.type() == Type.ERROR;
            arguments.add(argument);
        }
        var type = resultType(function.result());
        return broken && type != Type.VOID
                ? Body.mistake(span)
                : new BoundExpr.PluginCall(span, index, function, arguments, type);
    }

    private static String expected(FunctionDeclaration function, int least, int most) {
        if (function.isVariadic()) {
            return "at least " + counted(least);
        }
        return least == most ? counted(most) : least + " to " + counted(most);
    }

    private static Type resultType(Kind kind) {
        return switch (kind) {
            case VOID -> Type.VOID;
            case INT, LONG -> Type.I64;
            case DOUBLE -> Type.DOUBLE;
            case STRING -> Type.STRING;
            case BLOB -> Type.BLOB;
            default -> throw new IllegalStateException("no function has the result " + kind);
        };
    }

    private static Type referredType(Kind kind) {
        return switch (kind) {
            case INT_REF -> Type.I32;
            case LONG_REF -> Type.I64;
            case DOUBLE_REF -> Type.DOUBLE;
            case STRING_REF -> Type.STRING;
            default -> Type.BLOB;
        };
    }

    private BoundExpr argument(Expr expr, ParameterDeclaration parameter, String function, String what) {
        var kind = parameter.kind();
        String wanted = kind.scriptName();
        if (kind.isReference() || parameter.byRef()) {
            return reference(expr, referredType(kind), what, wanted, parameter.help());
        }
        var value = expressions.value(expr);
        var type = value.type();
        if (type == Type.ERROR) {
            return value;
        }
        if (kind == Kind.INT && type == Type.I64) {
            return Conversions.narrow(value, function, "of " + what);
        }
        boolean fits = switch (kind) {
            case INT, LONG -> type.isInteger();
            case DOUBLE -> type.isNumeric();
            case STRING -> type == Type.STRING;
            default -> type == Type.BLOB;
        };
        if (fits) {
            return kind == Kind.INT ? value : Conversions.cast(value, resultType(kind));
        }
        String help = parameter.help();
        if (help.isEmpty()) {
            help = Conversions.help(
                    body.symbols, value, kind == Kind.INT || kind == Kind.LONG ? Type.I64 : resultType(kind));
        }
        return refuse(expr, what, wanted, value, help);
    }

    /** Binds an argument that is passed by reference. */
    private BoundExpr reference(Expr expr, Type type, String what, String wanted, String help) {
        if (!(expr instanceof Expr.Variable variable)) {
            var value = expressions.value(expr);
            if (value.type() == Type.ERROR) {
                return value;
            }
            if (value.type() != type) {
                return refuse(expr, what, wanted, value, help);
            }
            return expressions.refuse(
                    expr.span(),
                    what + " takes a variable, got a value",
                    "the function may change it: store the value in a variable first");
        }
        var local = body.variable(variable);
        if (local == null || local.type() == Type.ERROR) {
            return Body.mistake(expr.span());
        }
        body.checkAssigned(local, expr.span());
        if (local.type() != type) {
            String way = local.type().isNumeric() && type.isNumeric()
                    ? "a variable passed by reference must have exactly that type: declare it as " + type
                    : help;
            return refuse(expr, what, wanted, new BoundExpr.Read(expr.span(), local), way);
        }
        local.hold();
        return new BoundExpr.Reference(expr.span(), local);
    }

    private BoundExpr refuse(Expr expr, String what, String wanted, BoundExpr value, String help) {
        return value.type() == Type.ERROR
                ? value
                : expressions.refuse(expr.span(), what + " takes " + wanted + ", got " + value.type(), help);
    }
}
