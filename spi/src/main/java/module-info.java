/** What plugins are written with. Depends on nothing but {@code java.base}. */
@SuppressWarnings("module") // the modules named here depend on this one, so they are compiled later
module dev.domin.spi {
    requires static org.jspecify;

    exports dev.domin.spi;
    exports dev.domin.spi.descriptor;
    exports dev.domin.spi.engine to
            dev.domin.lang,
            dev.domin.plugins,
            dev.domin.runtime;
}
