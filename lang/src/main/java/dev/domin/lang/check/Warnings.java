package dev.domin.lang.check;

import dev.domin.lang.bind.BoundScript;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.syntax.ScriptTree;

/** The stage after the binder that warns: calls every check. */
public final class Warnings {

    private Warnings() {}

    /**
     * Checks a script that has no errors.
     *
     * @param tree the script as written
     * @param script the bound script
     * @param problems receives the warnings
     */
    public static void find(ScriptTree tree, BoundScript script, Diagnostics problems) {
        var statements = new StatementCheck(tree.source(), problems);
        for (var function : tree.functions()) {
            function.body().accept(statements);
        }
        statements.all(tree.statements());
        for (var function : script.functions()) {
            var variables = new VariableCheck();
            variables.statement(function.body());
            variables.report(problems);
            ValuesCheck.check(function.body(), problems);
            new ArgumentsCheck(script, problems).statement(function.body());
        }
        new CallsCheck(script).report(problems);
    }

    /** {@return whether a name begins with {@code _}, which says that it is not used on purpose} */
    static boolean isUnusedOnPurpose(String name) {
        return name.startsWith("_");
    }
}
