package dev.domin.cli;

import dev.domin.lang.source.MessageText;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The plugins of a folder. Prints each plugin that a script uses, since its code is not part of domin. */
final class LoadedPlugins implements PluginCatalog {

    private final PluginCatalog folder;
    private final PrintStream err;
    private final Set<String> printed = new HashSet<>();

    LoadedPlugins(PluginCatalog folder, PrintStream err) {
        this.folder = folder;
        this.err = err;
    }

    @Override
    public Optional<PluginDescriptor> find(String library) {
        var found = folder.find(library);
        if (found.isPresent() && printed.add(found.get().className())) {
            var plugin = found.get();
            var source = plugin.pluginClass().getProtectionDomain().getCodeSource();
            err.println("domin: loaded the plugin " + plugin.library() + " (" + plugin.className() + ")"
                    + (source == null
                            ? ""
                            : " from " + MessageText.escape(source.getLocation().getPath())));
        }
        return found;
    }

    @Override
    public List<String> libraries() {
        return folder.libraries();
    }
}
