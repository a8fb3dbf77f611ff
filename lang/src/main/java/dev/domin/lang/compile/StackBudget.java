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
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that the stack overflows only at the start of a function of the script: inside a plugin or the runtime, a
 * stack overflow would leave locks locked, data half changed, and classes that can never be initialized again.
 *
 * <p>A function that may be called at any depth (see {@link CallCycles}) has one more parameter: its stack budget, the
 * number of bytes of the stack that it may still use, which its callers count roughly. When the budget is used up, the
 * function probes the remaining stack and continues with a new budget; if too little is left, the probe causes the
 * stack overflow. So a call costs a subtraction and a comparison, and the stack is probed rarely.
 *
 * <p>The probe is a recursion of a method with very many parameters and local variables: they are on the stack whether
 * the method is interpreted or compiled, so that its frames have the same size.
 */
final class StackBudget {

    /** The initial budget: far less than the stack of any thread. */
    private static final int INITIAL_BUDGET = 384 * 1024;

    /** The budget after a probe. */
    private static final int BUDGET = 32 * 1024;

    /** For plugins, and for functions of the script that are on no cycle. */
    private static final int RESERVED_BYTES = 128 * 1024;

    /** The bytes that a probe requires: the budget, doubled since it is counted roughly, and the reserve. */
    private static final int REQUIRED_BYTES = 2 * BUDGET + RESERVED_BYTES;

    /** This many make the method too large to be inlined into itself, which would halve its frames. */
    private static final int PROBE_PARAMETERS = 170;

    /**
     * The interpreter stores the parameters once; compiled code stores them twice, but omits unused local variables.
     */
    private static final int PROBE_LOCALS = 2 * PROBE_PARAMETERS;

    private static final int PROBE_FRAME_BYTES = 8 * PROBE_LOCALS;

    private static final String PROBE = "probe";
    private static final String RENEW = "renewBudget";
    private static final MethodTypeDesc PROBE_TYPE = probeType();
    private static final MethodTypeDesc RENEW_TYPE = MethodTypeDesc.of(ConstantDescs.CD_int);
    private static final MethodTypeDesc RECURSIVE_TYPE = MethodTypeDesc.of(ConstantDescs.CD_boolean);

    private final Map<FunctionSymbol, FrameSurvey> counted;

    private StackBudget(Map<FunctionSymbol, FrameSurvey> counted) {
        this.counted = counted;
    }

    /** {@return the plan for a script; null for one without recursion} */
    static @Nullable StackBudget plan(BoundScript script) {
        for (var function : script.functions()) {
            if (!function.calls().isEmpty()) {
                var counted = CallCycles.find(script.functions());
                return counted.isEmpty() ? null : new StackBudget(counted);
            }
        }
        return null;
    }

    /** {@return the signature of a function, including the budget if it has one} */
    MethodTypeDesc signature(FunctionSymbol function) {
        var signature = Classes.signature(function);
        return isCounted(function)
                ? signature.insertParameterTypes(signature.parameterCount(), ConstantDescs.CD_int)
                : signature;
    }

    boolean isCounted(FunctionSymbol function) {
        return counted.containsKey(function);
    }

    /** Pushes the budget of a function whose caller has none. */
    void pushInitial(CodeBuilder code, FunctionSymbol callee) {
        if (isCounted(callee)) {
            code.loadConstant(INITIAL_BUDGET);
        }
    }

    /** Pushes the budget of a function whose caller has its own in a JVM local. */
    void push(CodeBuilder code, int slot, FunctionSymbol callee) {
        if (isCounted(callee)) {
            code.iload(slot);
            code.loadConstant(Objects.requireNonNull(counted.get(callee)).bytes());
            code.isub();
        }
    }

    /** Begins a function: probes the stack if the budget is used up. */
    static void check(CodeBuilder code, ClassDesc program, int slot) {
        Label enough = code.newLabel();
        code.iload(slot);
        code.ifge(enough);
        code.invokestatic(program, RENEW, RENEW_TYPE);
        code.istore(slot);
        code.labelBinding(enough);
    }

    /** Adds the methods that probe the stack. They have no places in the script. */
    static void addMethods(ClassBuilder builder, ClassDesc program) {
        builder.withMethodBody(PROBE, PROBE_TYPE, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, new Probe(program));
        builder.withMethodBody(
                RENEW,
                RENEW_TYPE,
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC,
                new Check(program, REQUIRED_BYTES, true));
        builder.withMethodBody("isRecursive", RECURSIVE_TYPE, ClassFile.ACC_PUBLIC, new Recursive());
        builder.withMethodBody(
                "checkStack",
                ConstantDescs.MTD_void,
                ClassFile.ACC_PUBLIC,
                new Check(program, INITIAL_BUDGET + REQUIRED_BYTES, false));
    }

    private static MethodTypeDesc probeType() {
        var parameters = new ClassDesc[PROBE_PARAMETERS];
        Arrays.fill(parameters, ConstantDescs.CD_int);
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }

    /** Calls itself as often as its first parameter says, and passes the others on in another order. */
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

    private record Check(ClassDesc program, int bytes, boolean returnsBudget) implements Consumer<CodeBuilder> {
        @Override
        public void accept(CodeBuilder code) {
            code.loadConstant(bytes / PROBE_FRAME_BYTES);
            for (int i = 1; i < PROBE_PARAMETERS; i++) {
                code.iconst_0();
            }
            code.invokestatic(program, PROBE, PROBE_TYPE);
            if (returnsBudget) {
                code.loadConstant(BUDGET);
                code.ireturn();
            } else {
                code.return_();
            }
        }
    }
}
