package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundStmt;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** A loop, plain or strip-mined: {@link StripMining} says which. */
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
            int turns = truth == Constants.Truth.NEVER ? 1 : StripMining.turns(loop);
            if (turns > 1) {
                stripMined(turns);
            } else {
                plain();
            }
        }
        writer.release(reserved);
    }

    /** A loop with the test at the bottom, so that each turn takes one branch. */
    private void plain() {
        Label body = code.newLabel();
        Label test = code.newLabel();
        boolean testsFirst = loop.testFirst() && truth == Constants.Truth.UNKNOWN;
        if (testsFirst) {
            code.goto_(test);
        }
        code.labelBinding(body);
        turn();
        boolean live = statements.isLive();
        if (live && truth != Constants.Truth.NEVER) {
            writer.poll();
        }
        code.labelBinding(test);
        live |= testsFirst;
        if (live && truth == Constants.Truth.UNKNOWN) {
            exprs.conditions().jump(loop.condition(), true, body);
        } else if (live && truth == Constants.Truth.ALWAYS) {
            code.goto_(body);
            live = false;
        }
        code.labelBinding(end.label());
        statements.setLive(live || end.isUsed());
    }

    /** A loop in a loop: the inner one counts its turns down and does not poll, the outer one polls. */
    private void stripMined(int turns) {
        Label outer = code.newLabel();
        Label inner = code.newLabel();
        int left = writer.reserve(TypeKind.INT);
        code.labelBinding(outer);
        code.loadConstant(turns);
        code.istore(left);
        code.labelBinding(inner);
        boolean tests = truth == Constants.Truth.UNKNOWN;
        if (tests && loop.testFirst()) {
            exprs.conditions().jump(loop.condition(), false, end.use());
        }
        turn();
        if (statements.isLive()) {
            if (tests && !loop.testFirst()) {
                exprs.conditions().jump(loop.condition(), false, end.use());
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

    /** The body of the loop and its update. */
    private void turn() {
        statements.breaks().add(end);
        statements.continues().add(next);
        statements.scoped(loop.body());
        statements.breaks().removeLast();
        statements.continues().removeLast();
        code.labelBinding(next.label());
        statements.setLive(statements.isLive() || next.isUsed());
        writer.enter(loop.span());
        if (statements.isLive() && loop.update() != null) {
            exprs.discard(loop.update());
        }
    }
}
