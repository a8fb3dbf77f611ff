package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Type;
import dev.domin.spi.descriptor.Kind;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Calls of script functions and of plugin functions. */
final class CallEmitter {

    private final CodeWriter writer;
    private final CodeBuilder code;
    private final ExprEmitter exprs;
    private final List<PluginDescriptor> plugins;

    CallEmitter(CodeWriter writer, ExprEmitter exprs, List<PluginDescriptor> plugins) {
        this.writer = writer;
        this.code = writer.code();
        this.exprs = exprs;
        this.plugins = plugins;
    }

    /** The name of the static field that holds a plugin. */
    static String fieldName(int plugin) {
        return "PLUGIN_" + plugin;
    }

    /** Calls a script function. Arguments by value are copied, including blobs. */
    void call(BoundExpr.UserCall call) {
        var parameters = call.function().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            var argument = call.arguments().get(i);
            if (parameters.get(i).type() == Type.BLOB && !parameters.get(i).byRef()) {
                exprs.ownBlob(argument, false);
            } else {
                exprs.value(argument);
            }
        }
        writer.at(call.span());
        writer.call(call.function());
    }

    /** Calls a plugin function. */
    void call(BoundExpr.PluginCall call) {
        var function = call.function();
        var owner = ClassDesc.of(plugins.get(call.plugin()).className());
        if (!function.isStatic()) {
            code.getstatic(writer.program(), fieldName(call.plugin()), owner);
        }
        var arguments = call.arguments();
        int fixed = function.isVariadic() ? function.parameters().size() - 1 : arguments.size();
        for (int i = 0; i < fixed; i++) {
            exprs.value(arguments.get(i));
        }
        if (function.isVariadic()) {
            pushArray(arguments, fixed);
        }
        writer.at(call.span());
        var descriptor = MethodTypeDesc.ofDescriptor(function.descriptor());
        if (function.isStatic()) {
            code.invokestatic(owner, function.method(), descriptor);
        } else {
            code.invokevirtual(owner, function.method(), descriptor);
        }
        if (function.result() == Kind.INT) {
            writer.convert(Type.I32, call.type());
        } else if (function.result() == Kind.LONG) {
            writer.convert(Type.I64, call.type());
        } else if (function.result() == Kind.STRING) {
            writer.statics(Classes.STRINGS, "checked", "(Ljava/lang/String;)Ljava/lang/String;");
        } else if (function.result() == Kind.BLOB) {
            writer.statics(Classes.BLOBS, "checked", "(Ldev/domin/spi/Blob;)Ldev/domin/spi/Blob;");
        }
    }

    private void pushArray(List<BoundExpr> arguments, int from) {
        code.loadConstant(arguments.size() - from);
        code.anewarray(Classes.OBJECT);
        for (int i = from; i < arguments.size(); i++) {
            code.dup();
            code.loadConstant(i - from);
            exprs.value(arguments.get(i));
            box(arguments.get(i).type());
            code.aastore();
        }
    }

    private void box(Type type) {
        if (type == Type.I32) {
            writer.statics(ClassDesc.of("java.lang.Integer"), "valueOf", "(I)Ljava/lang/Integer;");
        } else if (type == Type.I64) {
            writer.statics(ClassDesc.of("java.lang.Long"), "valueOf", "(J)Ljava/lang/Long;");
        } else if (type == Type.DOUBLE) {
            writer.statics(ClassDesc.of("java.lang.Double"), "valueOf", "(D)Ljava/lang/Double;");
        }
    }
}
