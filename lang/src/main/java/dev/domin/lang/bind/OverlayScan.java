package dev.domin.lang.bind;

import dev.domin.lang.syntax.Stmt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scans a loop for structs that it lays over blobs declared outside of it: the second iteration begins with the
 * overlays that the first one left, so at the head of the loop both must agree.
 */
final class OverlayScan implements Stmt.Visitor {

    private final Body body;
    private final ArrayList<String> hidden = new ArrayList<>();

    private OverlayScan(Body body) {
        this.body = body;
    }

    /**
     * Forgets, in the state at the head of a loop, the overlays that the loop changes.
     *
     * @param body the function
     * @param loopBody the statement that is repeated
     */
    static void enterLoop(Body body, Stmt loopBody) {
        if (body.symbols.structs != null) {
            loopBody.accept(new OverlayScan(body));
        }
    }

    @Override
    public void visit(Stmt.Block block) {
        scanBlock(block.statements());
    }

    @Override
    public void visit(Stmt.Declare declare) {
        for (var variable : declare.variables()) {
            hidden.add(variable.name().text());
        }
    }

    @Override
    public void visit(Stmt.DeclareRef declare) {
        hidden.add(declare.name().text());
    }

    @Override
    public void visit(Stmt.AssignOverlay overlay) {
        String name = overlay.variable().name();
        var local = hidden.contains(name) ? null : body.scope.find(name);
        var before = local == null ? null : body.flow.overlay(local);
        if (local != null
                && before != null
                && !before.name().equals(overlay.struct().text())) {
            body.flow.lay(local, FlowState.CONFLICT);
        }
    }

    @Override
    public void visit(Stmt.Evaluate evaluate) {
        // lays no struct over a blob
    }

    @Override
    public void visit(Stmt.If choice) {
        scanInner(choice.whenTrue());
        scanInner(choice.whenFalse());
    }

    @Override
    public void visit(Stmt.While loop) {
        scanInner(loop.body());
    }

    @Override
    public void visit(Stmt.DoWhile loop) {
        scanInner(loop.body());
    }

    @Override
    public void visit(Stmt.For loop) {
        int mark = hidden.size();
        if (loop.initializer() != null) {
            loop.initializer().accept(this);
        }
        scanInner(loop.body());
        restore(mark);
    }

    @Override
    public void visit(Stmt.Switch choice) {
        for (var group : choice.cases()) {
            scanBlock(group.statements());
        }
    }

    @Override
    public void visit(Stmt.Break leave) {
        // lays no struct over a blob
    }

    @Override
    public void visit(Stmt.Continue next) {
        // lays no struct over a blob
    }

    @Override
    public void visit(Stmt.Return leave) {
        // lays no struct over a blob
    }

    @Override
    public void visit(Stmt.Empty empty) {
        // lays no struct over a blob
    }

    private void scanInner(@Nullable Stmt statement) {
        if (statement != null) {
            int mark = hidden.size();
            statement.accept(this);
            restore(mark);
        }
    }

    private void scanBlock(List<Stmt> statements) {
        int mark = hidden.size();
        for (var statement : statements) {
            statement.accept(this);
        }
        restore(mark);
    }

    private void restore(int mark) {
        while (hidden.size() > mark) {
            hidden.removeLast();
        }
    }
}
