package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundScript;
import dev.domin.lang.bind.FunctionSymbol;
import dev.domin.lang.bind.Type;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The members that the class of every script has: the references to the plugins and to the runtime, and the methods of
 * {@link dev.domin.lang.support.ScriptProgram}.
 */
final class FixedMethods {

    private final BoundScript script;
    private final ClassDesc program;
    private final @Nullable StackBudget budget; // null for a script without recursion
    private final List<FunctionSymbol> callbacks;

    FixedMethods(BoundScript script, ClassDesc program, @Nullable StackBudget budget, List<FunctionSymbol> callbacks) {
        this.script = script;
        this.program = program;
        this.budget = budget;
        this.callbacks = callbacks;
    }

    void addTo(ClassBuilder builder) {
        int constant = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
        builder.withField(
                "safepointRequested",
                ConstantDescs.CD_boolean,
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_VOLATILE);
        builder.withField("SAFEPOINT", Classes.SAFEPOINT, constant);
        for (int i = 0; i < script.plugins().size(); i++) {
            builder.withField(
                    CallEmitter.fieldName(i),
                    ClassDesc.of(script.plugins().get(i).className()),
                    constant);
        }
        method(builder, "<clinit>", "()V", ClassFile.ACC_STATIC, Part.LINK);
        method(builder, "<init>", "()V", ClassFile.ACC_PUBLIC, Part.CREATE);
        method(builder, "main", "()I", ClassFile.ACC_PUBLIC, Part.MAIN);
        method(builder, "callback", "(ILdev/domin/spi/Blob;)I", ClassFile.ACC_PUBLIC, Part.CALLBACK);
        method(builder, "requestSafepoint", "(Z)V", ClassFile.ACC_PUBLIC, Part.SAFEPOINT);
    }

    private void method(ClassBuilder builder, String name, String descriptor, int flags, Part part) {
        builder.withMethodBody(name, MethodTypeDesc.ofDescriptor(descriptor), flags, new Body(part));
    }

    private enum Part {
        LINK,
        CREATE,
        MAIN,
        CALLBACK,
        SAFEPOINT
    }

    private final class Body implements Consumer<CodeBuilder> {
        private final Part part;

        Body(Part part) {
            this.part = part;
        }

        @Override
        public void accept(CodeBuilder code) {
            code.lineNumber(0);
            switch (part) {
                case LINK -> link(code);
                case CREATE -> {
                    code.aload(0);
                    code.invokespecial(Classes.PROGRAM, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
                    code.return_();
                }
                case MAIN -> {
                    call(code, script.main());
                    if (script.main().result() == Type.VOID) {
                        code.iconst_0();
                    }
                    code.ireturn();
                }
                case CALLBACK -> dispatch(code);
                case SAFEPOINT -> {
                    code.iload(1);
                    code.putstatic(program, "safepointRequested", ConstantDescs.CD_boolean);
                    code.return_();
                }
            }
        }
    }

    private void link(CodeBuilder code) {
        code.ldc(program);
        code.invokevirtual(
                ConstantDescs.CD_Class, "getClassLoader", MethodTypeDesc.ofDescriptor("()Ljava/lang/ClassLoader;"));
        code.checkcast(Classes.LOADER);
        code.astore(0);
        for (int i = -1; i < script.plugins().size(); i++) {
            ClassDesc type = i < 0
                    ? Classes.SAFEPOINT
                    : ClassDesc.of(script.plugins().get(i).className());
            code.aload(0);
            code.loadConstant(i + 1);
            code.invokevirtual(Classes.LOADER, "link", MethodTypeDesc.ofDescriptor("(I)Ljava/lang/Object;"));
            code.checkcast(type);
            code.putstatic(program, i < 0 ? "SAFEPOINT" : CallEmitter.fieldName(i), type);
        }
        code.return_();
    }

    private void dispatch(CodeBuilder code) {
        Label unknown = code.newLabel();
        var table = new ArrayList<SwitchCase>();
        for (int i = 0; i < callbacks.size(); i++) {
            table.add(SwitchCase.of(i, code.newLabel()));
        }
        if (!table.isEmpty()) {
            code.iload(1);
            code.tableswitch(0, table.size() - 1, unknown, table);
            for (int i = 0; i < table.size(); i++) {
                code.labelBinding(table.get(i).target());
                code.aload(2);
                call(code, callbacks.get(i));
                code.ireturn();
            }
        }
        code.labelBinding(unknown);
        ClassDesc exception = ClassDesc.of("java.lang.IndexOutOfBoundsException");
        code.new_(exception);
        code.dup();
        code.iload(1);
        code.invokespecial(exception, ConstantDescs.INIT_NAME, MethodTypeDesc.ofDescriptor("(I)V"));
        code.athrow();
    }

    private void call(CodeBuilder code, FunctionSymbol symbol) {
        if (budget == null) {
            code.invokestatic(program, Classes.methodName(symbol), Classes.signature(symbol));
        } else {
            budget.pushInitial(code, symbol);
            code.invokestatic(program, Classes.methodName(symbol), budget.signature(symbol));
        }
    }
}
