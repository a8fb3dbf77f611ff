package dev.domin.lang.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.lang.Run;
import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundScript;
import dev.domin.lang.bind.BoundScript.BoundFunction;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.FunctionSymbol;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.Locals;
import dev.domin.lang.bind.Target;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import dev.domin.lang.support.CompiledScript;
import dev.domin.lang.syntax.BinaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What no script of a reasonable size can reach, or what must hold whatever the earlier stages do. */
class EmitterTest {

    private static final Span SPAN = new Span(0, 1);
    private static final SourceFile SOURCE = new SourceFile("some dir/large-one.dom", "x");

    private static FunctionSymbol function(String name, Type result, FunctionSymbol.Parameter... parameters) {
        return new FunctionSymbol(name, SPAN, false, result, List.of(parameters));
    }

    private static BoundFunction body(FunctionSymbol symbol, List<Local> parameters, BoundStmt... statements) {
        return new BoundFunction(
                symbol,
                parameters,
                new BoundStmt.Block(SPAN, List.of(statements)),
                symbol.result() == Type.VOID,
                List.of());
    }

    private static BoundExpr number(int value) {
        return new BoundExpr.IntConstant(SPAN, value);
    }

    private static BoundExpr read(Local local) {
        return new BoundExpr.Read(SPAN, local);
    }

    private static BoundExpr arithmetic(BinaryOp op, BoundExpr left, BoundExpr right) {
        return new BoundExpr.Arithmetic(SPAN, op, left, right, Type.I32);
    }

    private static BoundStmt ret(BoundExpr value) {
        return new BoundStmt.Return(SPAN, value);
    }

    private static BoundStmt add(Local local, int value) {
        return new BoundStmt.Evaluate(
                SPAN,
                new BoundExpr.CompoundAssign(
                        SPAN, BinaryOp.ADD, new Target.Variable(SPAN, local), number(value), Type.I32));
    }

    private static CompiledScript compile(FunctionSymbol main, BoundFunction... functions) {
        var problems = new Diagnostics(SOURCE);
        var script = Emitter.emit(new BoundScript(SOURCE, List.of(), List.of(functions), main), problems);
        problems.stopIfErrors();
        return script;
    }

    private static int run(FunctionSymbol main, BoundFunction... functions) {
        return new Run(compile(main, functions), () -> {}).program().main();
    }

    @Test
    void shouldCallFunctionsRecursively() {
        var n = Locals.plain("n", Type.I32);
        var fib = function("fib", Type.I32, new FunctionSymbol.Parameter("n", Type.I32, false));
        var main = function("main", Type.I32);
        var smaller = new BoundExpr.Compare(SPAN, BinaryOp.LESS, read(n), number(2));
        var sum = arithmetic(
                BinaryOp.ADD,
                new BoundExpr.UserCall(SPAN, fib, List.of(arithmetic(BinaryOp.SUBTRACT, read(n), number(1)))),
                new BoundExpr.UserCall(SPAN, fib, List.of(arithmetic(BinaryOp.SUBTRACT, read(n), number(2)))));

        int result = run(
                main,
                body(fib, List.of(n), new BoundStmt.If(SPAN, smaller, ret(read(n)), null), ret(sum)),
                body(main, List.of(), ret(new BoundExpr.UserCall(SPAN, fib, List.of(number(20))))));

        assertThat(result).isEqualTo(6765);
    }

    /** Each reading of the clock lets a millisecond pass. */
    @Test
    void shouldStopWithinALongFunctionWhenItsTimeIsOver() {
        var main = function("main", Type.VOID);
        var statements = new BoundStmt[100_000];
        for (int i = 0; i < statements.length; i++) {
            statements[i] = new BoundStmt.Block(new Span(i, i + 1), List.of());
        }
        var script = new BoundScript(SOURCE, List.of(), List.of(body(main, List.of(), statements)), main);
        var now = new AtomicLong();
        var problems = new Diagnostics(SOURCE, 20, () -> now.getAndAdd(1_000_000));
        assertThatThrownBy(() -> Emitter.emit(script, problems))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("compiling takes longer than the limit of 20 ms");
        assertThat(problems.hasErrors()).isTrue();
    }

    @Test
    void shouldNameTheClassAfterTheFile() {
        var main = function("main", Type.VOID);

        assertThat(compile(main, body(main, List.of())).className()).isEqualTo("dominscript.Script_large_one");
    }

    @Test
    void shouldStopAnEndlessLoopFromAnotherThread() throws InterruptedException {
        var main = function("main", Type.I32);
        var forever = new BoundStmt.Loop(SPAN, null, null, null, new BoundStmt.Block(SPAN, List.of()), true);
        var safepointReached = new CountDownLatch(1);
        var run = new Run(compile(main, body(main, List.of(), forever, ret(number(1)))), () -> {
            safepointReached.countDown();
            throw new IllegalStateException("enough");
        });
        var thread = new Thread(() -> assertThatThrownBy(run.program()::main).hasMessage("enough"));
        thread.start();

        run.program().requestSafepoint(true);
        safepointReached.await();
        thread.join();
    }

    @Test
    void shouldCompileDeepExpressionsOnASmallStack() throws InterruptedException {
        BoundExpr left = number(0);
        BoundExpr right = number(0);
        BoundExpr condition = number(1);
        var x = Locals.plain("x", Type.I32);
        for (int i = 0; i < 1000; i++) {
            left = arithmetic(BinaryOp.ADD, left, number(1));
            right = arithmetic(BinaryOp.ADD, number(1), right);
            condition = new BoundExpr.Logical(SPAN, i % 2 == 0, read(x), condition);
        }
        var main = function("main", Type.I32);
        var both = arithmetic(BinaryOp.ADD, arithmetic(BinaryOp.ADD, left, right), condition);
        var result = new int[1];
        var thread = new Thread(
                null,
                () -> result[0] =
                        run(main, body(main, List.of(), new BoundStmt.Declare(SPAN, x, null, number(1)), ret(both))),
                "small",
                512 * 1024);
        thread.start();
        thread.join();

        assertThat(result[0]).isEqualTo(2001);
    }

    @Test
    void shouldRefuseAFunctionThatIsTooLarge() {
        var x = Locals.plain("x", Type.I32);
        var statements = new ArrayList<BoundStmt>();
        statements.add(new BoundStmt.Declare(SPAN, x, null, number(0)));
        for (int i = 0; i < 30_000; i++) {
            statements.add(add(x, 1));
        }
        var big = new FunctionSymbol("big", SPAN, false, Type.VOID, List.of());
        var main = new FunctionSymbol("main", new Span(1, 1), false, Type.VOID, List.of());

        assertThatThrownBy(() -> compile(
                        main,
                        body(main, List.of()),
                        new BoundFunction(big, List.of(), new BoundStmt.Block(SPAN, statements), true, List.of())))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    var error = refused.diagnostics().getFirst();
                    assertThat(error.message())
                            .isEqualTo(
                                    "function `big` compiles to more code than the JVM allows in one method (64 KB)");
                    assertThat(error.help()).isEqualTo("split it into several functions");
                    assertThat(error.span()).isEqualTo(SPAN);
                    assertThat(refused.diagnostics()).hasSize(1);
                });
    }

    @Test
    void shouldRefuseAScriptWithTooManyConstants() {
        var functions = new ArrayList<BoundFunction>();
        var main = function("main", Type.VOID);
        functions.add(body(main, List.of()));
        for (int f = 0; f < 9; f++) {
            var x = Locals.plain("x", Type.I32);
            var statements = new ArrayList<BoundStmt>();
            statements.add(new BoundStmt.Declare(SPAN, x, null, number(0)));
            for (int i = 0; i < 8_000; i++) {
                statements.add(add(x, 100_000 + f * 8_000 + i));
            }
            functions.add(body(function("f" + f, Type.VOID), List.of(), statements.toArray(BoundStmt[]::new)));
        }

        assertThatThrownBy(() -> compile(main, functions.toArray(BoundFunction[]::new)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("more functions, names and constants than the JVM allows in one class");
    }

    @Test
    void shouldRefuseMoreParametersThanTheJvmTakes() {
        var parameters = new FunctionSymbol.Parameter[128];
        var locals = new ArrayList<Local>();
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = new FunctionSymbol.Parameter("p" + i, Type.I64, false);
            locals.add(Locals.plain("p" + i, Type.I64));
        }
        var wide = function("wide", Type.VOID, parameters);
        var main = new FunctionSymbol("main", new Span(1, 1), false, Type.VOID, List.of());

        assertThatThrownBy(() -> compile(main, body(main, List.of()), body(wide, locals)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("function `wide` has more parameters than the JVM allows");
    }

    @Test
    void shouldTakeStringsLongerThanAJvmConstant() {
        var main = function("main", Type.I32);
        var text = new BoundExpr.StringConstant(SPAN, "\u00ff".repeat(100_000));

        assertThat(run(main, body(main, List.of(), ret(new BoundExpr.Length(SPAN, text)))))
                .isEqualTo(100_000);
    }

    @Test
    void shouldBranchOverMoreThan32KB() {
        var x = Locals.plain("x", Type.I32);
        var statements = new ArrayList<BoundStmt>();
        for (int i = 0; i < 15_000; i++) {
            statements.add(add(x, 1));
        }
        var less = new BoundExpr.Compare(SPAN, BinaryOp.LESS, read(x), number(40_000));
        var main = function("main", Type.I32);

        int result = run(
                main,
                body(
                        main,
                        List.of(),
                        new BoundStmt.Declare(SPAN, x, null, number(0)),
                        new BoundStmt.Loop(SPAN, null, less, null, new BoundStmt.Block(SPAN, statements), true),
                        ret(read(x))));

        assertThat(result).isEqualTo(45_000);
    }
}
