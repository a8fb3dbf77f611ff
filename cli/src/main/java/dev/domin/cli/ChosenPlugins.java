package dev.domin.cli;

import dev.domin.cli.files.FileErrors;
import dev.domin.runtime.Plugins;
import dev.domin.spi.descriptor.PluginCatalog;
import java.io.IOException;
import java.io.PrintStream;

/** The plugins that {@code --plugins} and {@code --allow} choose. */
final class ChosenPlugins {

    private PluginCatalog catalog;
    private String complaint = "";

    /**
     * Looks for the plugins.
     *
     * @param installed the plugins without these options
     * @param line the command line
     * @param err where to print which plugins are loaded
     */
    ChosenPlugins(PluginCatalog installed, CommandLine line, PrintStream err) {
        catalog = installed;
        for (String folder : line.pluginFolders()) {
            try {
                var found = Plugins.inDirectory(FileErrors.path(folder));
                catalog = Plugins.inOrder(catalog, line.runsOrChecks() ? new LoadedPlugins(found, err) : found);
            } catch (IOException | RuntimeException e) { // an invalid path is a RuntimeException
                complaint = "cannot read the folder of plugins " + folder + ": " + FileErrors.reason(e);
                return;
            }
        }
        if (!line.allowedPlugins().isEmpty()) {
            var allowed = new AllowedPlugins(catalog, line.allowedPlugins());
            complaint = allowed.complaint();
            if (complaint.isEmpty()) {
                catalog = Plugins.only(catalog, allowed.namespaces());
            }
        }
    }

    /** {@return what is wrong; empty for nothing} */
    String complaint() {
        return complaint;
    }

    /** {@return the plugins that scripts may use} */
    PluginCatalog catalog() {
        return catalog;
    }
}
