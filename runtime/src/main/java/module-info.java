/**
 * Finds plugins, defines the compiled class, runs {@code main}, delivers callbacks. The entry point is {@code Script}.
 */
module dev.domin.runtime {
    requires static org.jspecify;
    requires transitive dev.domin.spi;
    requires transitive dev.domin.lang;

    exports dev.domin.runtime;

    uses dev.domin.spi.descriptor.PluginCatalog;
    uses dev.domin.spi.Plugin;
}
