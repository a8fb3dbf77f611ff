/** Writes the descriptors of plugins when they are compiled, so that no start of a script pays for reading annotations. */
module dev.domin.processor {
    requires dev.domin.spi;
    requires java.compiler;

    provides javax.annotation.processing.Processor with
            dev.domin.processor.PluginProcessor;
}
