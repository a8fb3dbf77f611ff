package dev.domin.lang.bind;

import dev.domin.lang.syntax.Stmt;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks ahead into a loop for structs that it lays over blobs from outside: the second turn begins with what the first one
 * left, so at the head of the loop both have to agree.
 */
final class OverlayScan {

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
            new OverlayScan(body).scan(loopBody);
        }
    }

    private void scan(Stmt statement) {
        if (statement instanceof Stmt.AssignOverlay overlay) {
            found(overlay);
        } else if (statement instanceof Stmt.Declare declare) {
            for (var variable : declare.variables()) {
                hidden.add(variable.name().text());
            }
        } else if (statement instanceof Stmt.DeclareRef declare) {
            hidden.add(declare.name().text());
        } else if (statement instanceof Stmt.Block block) {
            scanBlock(block.statements());
        } else if (statement instanceof Stmt.If choice) {
            scanInner(choice.whenTrue());
            scanInner(choice.whenFalse());
        } else if (statement instanceof Stmt.While loop) {
            scanInner(loop.body());
        } else if (statement instanceof Stmt.DoWhile loop) {
            scanInner(loop.body());
        } else if (statement instanceof Stmt.For loop) {
            int mark = hidden.size();
            if (loop.initializer() != null) {
                scan(loop.initializer());
            }
            scanInner(loop.body());
            restore(mark);
        } else if (statement instanceof Stmt.Switch choice) {
            for (var group : choice.cases()) {
                scanBlock(group.statements());
            }
        }
    }

    private void scanInner(Stmt statement) {
        if (statement != null) {
            int mark = hidden.size();
            scan(statement);
            restore(mark);
        }
    }

    private void scanBlock(List<Stmt> statements) {
        int mark = hidden.size();
        for (var statement : statements) {
            scan(statement);
        }
        restore(mark);
    }

    private void restore(int mark) {
        while (hidden.size() > mark) {
            hidden.removeLast();
        }
    }

    private void found(Stmt.AssignOverlay overlay) {
        String name = overlay.variable().name();
        var local = hidden.contains(name) ? null : body.scope.find(name);
        var before = local == null ? null : body.flow.overlay(local);
        if (before != null && !before.name().equals(overlay.struct().text())) {
            body.flow.lay(local, FlowState.CONFLICT);
        }
    }
}
