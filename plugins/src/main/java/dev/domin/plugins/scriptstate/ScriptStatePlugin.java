package dev.domin.plugins.scriptstate;

import dev.domin.plugins.memory.Allocation;
import dev.domin.plugins.memory.Memory;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import org.jspecify.annotations.Nullable;

/** One buffer for a run, which {@code main} and all callbacks share by its address. */
@ScriptPlugin(
        namespace = "script_state",
        library = "ScriptStatePlugin",
        path = "../plugins/script_state/ScriptStatePlugin",
        doc = "One buffer for the whole script, because there are no global variables: `main` and "
                + "callbacks use it by its address, usually through a struct. It is freed at the end of "
                + "the script.")
public final class ScriptStatePlugin implements Plugin {

    private ScriptContext context;
    private @Nullable Allocation state;

    @Override
    public void start(ScriptContext run) {
        context = run;
    }

    @Override
    public void stop() {
        state = null;
    }

    @ScriptFunction(
            name = "Allocate",
            doc = "Allocates the state's bytes, all 0. There is one state at a time.",
            returns = "Its address, as GetPointer returns it; never 0.",
            errors = "A size below 1 or too large for memory, and a state that is there already, stop the script.",
            example = """
                    script_state.Allocate(16);
                    printf("%d\\n", script_state.GetSize());""",
            output = "16\n")
    public long allocate(@Param(value = "size", doc = "The number of bytes.", min = 1) long size) {
        if (state != null) {
            throw new ScriptError(
                    "there is a state already, of " + state.size() + " bytes", "call script_state.Free() first");
        }
        if (size < 1) {
            throw new ScriptError("size is " + size + ", but a state has 1 byte or more");
        }
        state = Memory.of(context).allocate(size);
        return state.address();
    }

    @ScriptFunction(
            name = "GetPointer",
            doc = "Returns the state's address, for blob.RefFromPointer. It is an artificial number, "
                    + "valid only in this run; other numbers near it are no addresses.",
            returns = "The address, or 0 if no state is allocated.",
            example = """
                    printf("%d", script_state.GetPointer() == 0);
                    i64 $p = script_state.Allocate(16);
                    printf(" %d\\n", script_state.GetPointer() == $p);""",
            output = "1 1\n")
    public long getPointer() {
        return state == null ? 0 : state.address();
    }

    @ScriptFunction(
            name = "GetSize",
            doc = "Returns the size of the state.",
            returns = "The number of bytes, or 0 if no state is allocated.",
            example = """
                    printf("%d", script_state.GetSize());
                    script_state.Allocate(16);
                    printf(" %d\\n", script_state.GetSize());""",
            output = "0 16\n")
    public long getSize() {
        return state == null ? 0 : state.size();
    }

    @ScriptFunction(
            name = "Free",
            doc = "Frees the state. References to it become empty blobs, so using one afterwards is an "
                    + "error. The end of the script frees it too.",
            returns = "1 if there was a state, else 0.",
            example = """
                    script_state.Allocate(16);
                    printf("%d %d\\n", script_state.Free(), script_state.Free());""",
            output = "1 0\n")
    public long free() {
        if (state == null) {
            return 0;
        }
        Memory.of(context).free(state);
        state = null;
        return 1;
    }
}
