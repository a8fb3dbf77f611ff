package dev.domin.plugins.builtin;

import dev.domin.spi.Blob;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.spi.engine.BlobAccess;

/** What the language itself knows about a blob. */
@ScriptPlugin(
        namespace = "blob",
        library = "builtin:blob",
        doc = "What the language itself knows about a blob. It shares its namespace with the plugin "
                + "../plugins/blob/BlobPlugin, and both may be loaded together.")
public final class BlobPlugin implements Plugin {

    @ScriptFunction(
            name = "Overflow",
            doc = "Returns whether the last `:=` to a blob cut the value to the declared length of the " + "blob.",
            returns = "1 if it was cut; 0 if not, or if the last assignment was another one.",
            example = """
                    blob $source[4];
                    blob $target[3];
                    $target := $source;
                    printf("%d\\n", blob.Overflow($target));""",
            output = "1\n")
    public static int overflow(@Param(value = "blob", doc = "The blob that was assigned.") Blob blob) {
        return BlobAccess.overflowed(blob) ? 1 : 0;
    }
}
