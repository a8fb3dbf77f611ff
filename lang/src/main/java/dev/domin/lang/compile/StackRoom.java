package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundScript;
import dev.domin.lang.bind.FunctionSymbol;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes the stack end where a function of the script begins, and nowhere else: inside a plugin or the runtime a stack overflow
 * would leave locks locked, data half changed, and classes that can never be initialized again.
 *
 * <p>A function that may be called at any depth (see {@link CallCycles}) has one more parameter: how many bytes of the stack it
 * may still use, by a rough count that its callers have kept. When that is used up, the function probes how much is left, and
 * goes on with a new count; where too little is left, the probe raises the stack overflow. So a call costs a subtraction and a
 * comparison, and the stack is touched rarely.
 *
 * <p>The probe is a recursion of a method with very many parameters and local variables: these have to be on the stack whether
 * the method is interpreted or compiled, so that its frames are equally large.
 */
final class StackRoom {

    /** What a function that is called from outside all cycles may count on: far less than the stack of any thread has. */
    private static final int AT_FIRST = 384 * 1024;

    /** What a probe allows for until the next probe. */
    private static final int AT_A_TIME = 32 * 1024;

    /** What plugins may use, and functions of the script that are on no cycle. */
    private static final int RESERVE = 128 * 1024;

    /** What has to be left where a probe passes: what it allows for, twice since that is a rough count, and the reserve. */
    private static final int PROBED = 2 * AT_A_TIME + RESERVE;

    /** So many that the method is too large to be inlined into itself, which would halve its frames. */
    private static final int PROBE_PARAMETERS = 170;

    /** The interpreter keeps the parameters once; the compiler twice, but local variables that are not used not at all. */
    private static final int PROBE_LOCALS = 2 * PROBE_PARAMETERS;

    private static final int PROBE_FRAME = 8 * PROBE_LOCALS;

    private static final String PROBE = "probe";
    private static final String MORE = "moreRoom";
    private static final MethodTypeDesc PROBE_TYPE = probeType();
    private static final MethodTypeDesc MORE_TYPE = MethodTypeDesc.of(ConstantDescs.CD_int);
    private static final MethodTypeDesc RECURSIVE_TYPE = MethodTypeDesc.of(ConstantDescs.CD_boolean);

    private final Map<FunctionSymbol, FrameSurvey> counted;

    private StackRoom(Map<FunctionSymbol, FrameSurvey> counted) {
        this.counted = counted;
    }

    /** {@return the plan for a script; null for one without recursion} */
    static StackRoom plan(BoundScript script) {
        for (var function : script.functions()) {
            if (!function.calls().isEmpty()) {
                var counted = CallCycles.find(script.functions());
                return counted.isEmpty() ? null : new StackRoom(counted);
            }
        }
        return null;
    }

    /** {@return the signature of a function, with the parameter that is ours if it has one} */
    MethodTypeDesc signature(FunctionSymbol function) {
        var signature = Classes.signature(function);
        return isCounted(function)
                ? signature.insertParameterTypes(signature.parameterCount(), ConstantDescs.CD_int)
                : signature;
    }

    boolean isCounted(FunctionSymbol function) {
        return counted.containsKey(function);
    }

    /** Pushes what a function may count on that is called from where nothing is counted. */
    void pushFirst(CodeBuilder code, FunctionSymbol callee) {
        if (isCounted(callee)) {
            code.loadConstant(AT_FIRST);
        }
    }

    /** Pushes what a function may count on that is called from where the count is in a JVM local. */
    void push(CodeBuilder code, int slot, FunctionSymbol callee) {
        if (isCounted(callee)) {
            code.iload(slot);
            code.loadConstant(counted.get(callee).bytes());
            code.isub();
        }
    }

    /** Begins a function: where the count is used up there is a new one, or the stack has come to its end. */
    static void check(CodeBuilder code, ClassDesc program, int slot) {
        Label enough = code.newLabel();
        code.iload(slot);
        code.ifge(enough);
        code.invokestatic(program, MORE, MORE_TYPE);
        code.istore(slot);
        code.labelBinding(enough);
    }

    /** Adds what the class needs for it. None of these methods has a place in the script. */
    static void addMethods(ClassBuilder builder, ClassDesc program) {
        builder.withMethodBody(PROBE, PROBE_TYPE, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, new Probe(program));
        builder.withMethodBody(
                MORE, MORE_TYPE, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, new Check(program, PROBED, true));
        builder.withMethodBody("isRecursive", RECURSIVE_TYPE, ClassFile.ACC_PUBLIC, new Recursive());
        builder.withMethodBody(
                "checkStack",
                ConstantDescs.MTD_void,
                ClassFile.ACC_PUBLIC,
                new Check(program, AT_FIRST + PROBED, false));
    }

    private static MethodTypeDesc probeType() {
        var parameters = new ClassDesc[PROBE_PARAMETERS];
        Arrays.fill(parameters, ConstantDescs.CD_int);
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }

    /** Calls itself as often as its first parameter says, and hands the others on, each in another place. */
    private record Probe(ClassDesc program) implements Consumer<CodeBuilder> {
        @Override
        public void accept(CodeBuilder code) {
            Label end = code.newLabel();
            code.iload(0);
            code.ifle(end);
            code.iload(0);
            code.iconst_1();
            code.isub();
            for (int i = 2; i < PROBE_PARAMETERS; i++) {
                code.iload(i);
            }
            code.iload(1);
            code.invokestatic(program, PROBE, PROBE_TYPE);
            code.labelBinding(end);
            code.iconst_0();
            code.istore(PROBE_LOCALS - 1);
            code.return_();
        }
    }

    private record Recursive() implements Consumer<CodeBuilder> {
        @Override
        public void accept(CodeBuilder code) {
            code.iconst_1();
            code.ireturn();
        }
    }

    private record Check(ClassDesc program, int bytes, boolean gives) implements Consumer<CodeBuilder> {
        @Override
        public void accept(CodeBuilder code) {
            code.loadConstant(bytes / PROBE_FRAME);
            for (int i = 1; i < PROBE_PARAMETERS; i++) {
                code.iconst_0();
            }
            code.invokestatic(program, PROBE, PROBE_TYPE);
            if (gives) {
                code.loadConstant(AT_A_TIME);
                code.ireturn();
            } else {
                code.return_();
            }
        }
    }
}
