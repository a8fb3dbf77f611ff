package dev.domin.cli;

import dev.domin.cli.usage.Completion;
import dev.domin.cli.usage.ManPage;
import dev.domin.spi.descriptor.PluginCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The texts about the command itself, except its usage. */
final class Pages {

    private Pages() {}

    /** {@return the version, without a name} */
    static String version() {
        try (var file = Cli.class.getResourceAsStream("version.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the version cannot be read", e);
        }
    }

    /** {@return the manual page} */
    static String man() {
        var exitCodes = new LinkedHashMap<Integer, String>();
        for (var code : ExitCode.values()) {
            exitCodes.put(code.code(), code.meaning());
        }
        return ManPage.write("domin " + version(), exitCodes);
    }

    /** {@return the completion script of a shell; null if the shell is unknown} */
    static @Nullable String completion(String shell, PluginCatalog plugins) {
        var namespaces = new TreeSet<String>();
        var functions = new TreeSet<String>();
        for (var library : plugins.libraries()) {
            var plugin = plugins.find(library);
            if (plugin.isPresent()) {
                namespaces.add(plugin.get().namespace());
                for (var function : plugin.get().functions()) {
                    functions.add(plugin.get().namespace() + "." + function.name());
                }
            }
        }
        return Completion.write(shell, List.copyOf(namespaces), List.copyOf(functions));
    }
}
