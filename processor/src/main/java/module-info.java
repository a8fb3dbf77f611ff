/** Writes the descriptors of plugins when they are compiled, so that starting a script need not read annotations. */
module dev.domin.processor {
    requires dev.domin.spi;
    requires java.compiler;
    requires static org.jspecify;

    provides javax.annotation.processing.Processor with
            dev.domin.processor.PluginProcessor;
}
