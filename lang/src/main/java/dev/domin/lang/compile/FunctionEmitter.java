package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundScript.BoundFunction;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Diagnostics;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Emits the statements of one function. Unreachable code is omitted, because the verifier does not accept it without
 * stack maps. Every variable is initialized at its declaration, because the verifier knows less than the binder about
 * definite assignment.
 */
final class FunctionEmitter implements BoundStmt.Visitor {

    private final BoundFunction function;
    private final Diagnostics problems;
    private final CodeWriter writer;
    private final CodeBuilder code;
    private final ExprEmitter exprs;
    private final List<Exit> breaks = new ArrayList<>();
    private final List<Exit> continues = new ArrayList<>();
    private boolean live = true;

    FunctionEmitter(BoundFunction function, CodeWriter writer, List<PluginDescriptor> plugins, Diagnostics problems) {
        this.function = function;
        this.problems = problems;
        this.writer = writer;
        this.code = writer.code();
        this.exprs = new ExprEmitter(writer, plugins);
    }

    /** Emits the whole body. */
    void emit() {
        var symbol = function.symbol();
        writer.at(symbol.span());
        for (var parameter : function.parameters()) {
            writer.setSlots(parameter, writer.reserve(parameterKind(parameter)), -1);
        }
        writer.checkStack(symbol);
        writer.poll();
        for (var parameter : function.parameters()) {
            if (parameter.isHeld() && !parameter.isReference()) {
                code.loadLocal(Classes.kind(parameter.type()), writer.slot(parameter));
                writer.hold(parameter.type());
                int slot = writer.reserve(TypeKind.REFERENCE);
                code.astore(slot);
                writer.setSlots(parameter, slot, -1);
            }
        }
        statements(function.body().statements());
        if (live) {
            end(symbol.result());
        }
    }

    boolean isLive() {
        return live;
    }

    void setLive(boolean live) {
        this.live = live;
    }

    List<Exit> breaks() {
        return breaks;
    }

    List<Exit> continues() {
        return continues;
    }

    /** Emits statements without a scope of their own. */
    void statements(List<BoundStmt> statements) {
        for (var statement : statements) {
            statement(statement);
        }
    }

    /** Emits a statement, if it is reachable. */
    void statement(BoundStmt statement) {
        if (!live) {
            return;
        }
        problems.checkTime(statement.span().start());
        statement.accept(this);
    }

    @Override
    public void visit(BoundStmt.Block block) {
        int reserved = writer.reserved();
        statements(block.statements());
        writer.release(reserved);
    }

    @Override
    public void visit(BoundStmt.Declare declare) {
        var local = declare.local();
        Type type = local.type();
        if (type == Type.BLOB) {
            declareBlob(declare);
            return;
        }
        int capacitySlot = -1;
        if (type == Type.STRING && declare.capacity() != null) {
            exprs.bound(declare.capacity());
            writer.at(declare.capacity().span());
            writer.statics(Classes.STRINGS, "capacity", "(J)I");
            if (!local.isHeld()) {
                capacitySlot = writer.reserve(TypeKind.INT);
                code.istore(capacitySlot);
            }
        }
        if (declare.initializer() == null) {
            writer.zero(type);
        } else {
            exprs.value(declare.initializer());
        }
        if (local.isHeld()) {
            if (type == Type.STRING && declare.capacity() != null) {
                writer.statics(Classes.HOLDERS, "of", "(ILjava/lang/String;)Ldev/domin/spi/StringRef;");
            } else {
                writer.hold(type);
            }
        }
        TypeKind kind = local.isHeld() ? TypeKind.REFERENCE : Classes.kind(type);
        int slot = writer.reserve(kind);
        code.storeLocal(kind, slot);
        writer.setSlots(local, slot, capacitySlot);
    }

    private void declareBlob(BoundStmt.Declare declare) {
        var capacity = declare.capacity();
        var initializer = declare.initializer();
        if (capacity == null) {
            exprs.ownBlob(Objects.requireNonNull(initializer, "the binder requires a size or a value"), false);
            int slot = writer.reserve(TypeKind.REFERENCE);
            code.astore(slot);
            writer.setSlots(declare.local(), slot, -1);
            return;
        }
        exprs.bound(capacity);
        writer.at(capacity.span());
        writer.statics(Classes.BLOBS, "create", "(J)Ldev/domin/spi/Blob;");
        int slot = writer.reserve(TypeKind.REFERENCE);
        code.astore(slot);
        writer.setSlots(declare.local(), slot, -1);
        if (initializer != null) {
            code.aload(slot);
            exprs.value(initializer);
            writer.at(declare.span());
            writer.virtual(Classes.BLOB, "assign", "(Ldev/domin/spi/Blob;)V");
        }
    }

    @Override
    public void visit(BoundStmt.DeclareRef declare) {
        exprs.value(declare.source());
        int slot = writer.reserve(TypeKind.REFERENCE);
        code.astore(slot);
        writer.setSlots(declare.local(), slot, -1);
    }

    @Override
    public void visit(BoundStmt.AssignOverlay overlay) {
        exprs.fields().check(overlay.span(), overlay.blob(), overlay.struct());
    }

    @Override
    public void visit(BoundStmt.Evaluate evaluate) {
        exprs.discard(evaluate.expression());
    }

    @Override
    public void visit(BoundStmt.If branch) {
        var truth = Constants.truth(branch.condition());
        if (truth != Constants.Truth.UNKNOWN) {
            var taken = truth == Constants.Truth.ALWAYS ? branch.whenTrue() : branch.whenFalse();
            if (taken != null) {
                scoped(taken);
            }
            return;
        }
        Label otherwise = code.newLabel();
        exprs.conditions().jump(branch.condition(), false, otherwise);
        scoped(branch.whenTrue());
        if (branch.whenFalse() == null) {
            code.labelBinding(otherwise);
            live = true;
            return;
        }
        boolean trueEnds = live;
        Label end = code.newLabel();
        if (trueEnds) {
            code.goto_(end);
        }
        code.labelBinding(otherwise);
        live = true;
        scoped(branch.whenFalse());
        if (trueEnds) {
            code.labelBinding(end);
            live = true;
        }
    }

    @Override
    public void visit(BoundStmt.Loop loop) {
        new LoopEmitter(loop, writer, exprs, this).emit();
    }

    @Override
    public void visit(BoundStmt.Switch choice) {
        new SwitchEmitter(writer, exprs, this).emit(choice);
    }

    @Override
    public void visit(BoundStmt.Break leave) {
        code.goto_(breaks.getLast().use());
        live = false;
    }

    @Override
    public void visit(BoundStmt.Continue next) {
        code.goto_(continues.getLast().use());
        live = false;
    }

    @Override
    public void visit(BoundStmt.Return ret) {
        Type type = function.symbol().result();
        if (ret.value() == null) {
            end(type);
            return;
        }
        if (type == Type.BLOB) {
            exprs.ownBlob(ret.value(), true);
        } else {
            exprs.value(ret.value());
        }
        code.return_(Classes.kind(type));
        live = false;
    }

    private void end(Type type) {
        if (type == Type.VOID) {
            code.return_();
        } else { // unreachable, as the binder has checked; the verifier does not know that
            code.aconst_null();
            code.athrow();
        }
        live = false;
    }

    /** Emits a statement with a scope of its own. */
    void scoped(BoundStmt statement) {
        int reserved = writer.reserved();
        statement(statement);
        writer.release(reserved);
    }

    private static TypeKind parameterKind(Local parameter) {
        return parameter.isReference() ? TypeKind.REFERENCE : Classes.kind(parameter.type());
    }
}
