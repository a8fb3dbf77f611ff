/** The words a plugin is written in. Leans on nothing but {@code java.base}. */
@SuppressWarnings("module") // the processor leans on this module, so it is not there yet when this one is compiled
module dev.domin.spi {
    exports dev.domin.spi;
    exports dev.domin.spi.reflect;
    exports dev.domin.spi.model to
            dev.domin.processor;
}
