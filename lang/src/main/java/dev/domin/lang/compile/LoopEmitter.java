package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundStmt;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.Objects;

/** Emits a loop, plain or strip-mined as {@link StripMining} decides. */
final class LoopEmitter {

    private final BoundStmt.Loop loop;
    private final CodeWriter writer;
    private final CodeBuilder code;
    private final ExprEmitter exprs;
    private final FunctionEmitter statements;
    private final Constants.Truth truth;
    private final Exit next;
    private final Exit end;

    LoopEmitter(BoundStmt.Loop loop, CodeWriter writer, ExprEmitter exprs, FunctionEmitter statements) {
        this.loop = loop;
        this.writer = writer;
        this.code = writer.code();
        this.exprs = exprs;
        this.statements = statements;
        this.truth = loop.condition() == null ? Constants.Truth.ALWAYS : Constants.truth(loop.condition());
        this.next = new Exit(code.newLabel());
        this.end = new Exit(code.newLabel());
    }

    void emit() {
        int reserved = writer.reserved();
        if (loop.initializer() != null) {
            statements.statement(loop.initializer());
        }
        if (!loop.testFirst() || truth != Constants.Truth.NEVER) {
            int iterations = truth == Constants.Truth.NEVER ? 1 : StripMining.iterations(loop);
            if (iterations > 1) {
                stripMined(iterations);
            } else {
                plain();
            }
        }
        writer.release(reserved);
    }

    /** A loop with the test at the bottom, so that each iteration takes one branch. */
    private void plain() {
        Label body = code.newLabel();
        Label test = code.newLabel();
        boolean testsFirst = loop.testFirst() && truth == Constants.Truth.UNKNOWN;
        if (testsFirst) {
            code.goto_(test);
        }
        code.labelBinding(body);
        iteration();
        boolean live = statements.isLive();
        if (live && truth != Constants.Truth.NEVER) {
            writer.poll();
        }
        code.labelBinding(test);
        live |= testsFirst;
        if (live && truth == Constants.Truth.UNKNOWN) {
            exprs.conditions().jump(condition(), true, body);
        } else if (live && truth == Constants.Truth.ALWAYS) {
            code.goto_(body);
            live = false;
        }
        code.labelBinding(end.label());
        statements.setLive(live || end.isUsed());
    }

    /** Two nested loops: the inner one counts its iterations and does not poll, the outer one polls. */
    private void stripMined(int iterations) {
        Label outer = code.newLabel();
        Label inner = code.newLabel();
        int left = writer.reserve(TypeKind.INT);
        code.labelBinding(outer);
        code.loadConstant(iterations);
        code.istore(left);
        code.labelBinding(inner);
        boolean tests = truth == Constants.Truth.UNKNOWN;
        if (tests && loop.testFirst()) {
            exprs.conditions().jump(condition(), false, end.use());
        }
        iteration();
        if (statements.isLive()) {
            if (tests && !loop.testFirst()) {
                exprs.conditions().jump(condition(), false, end.use());
            }
            code.iinc(left, -1);
            code.iload(left);
            code.ifgt(inner);
            writer.poll();
            code.goto_(outer);
        }
        code.labelBinding(end.label());
        statements.setLive(end.isUsed());
    }

    private BoundExpr condition() {
        return Objects.requireNonNull(loop.condition(), "a loop without a condition");
    }

    /** The body of the loop and its update. */
    private void iteration() {
        statements.breaks().add(end);
        statements.continues().add(next);
        statements.scoped(loop.body());
        statements.breaks().removeLast();
        statements.continues().removeLast();
        code.labelBinding(next.label());
        statements.setLive(statements.isLive() || next.isUsed());
        if (statements.isLive() && loop.update() != null) {
            exprs.discard(loop.update());
        }
    }
}
