/** The command: arguments in, exit status out. */
module dev.domin.cli {
    requires dev.domin.runtime;
    requires dev.domin.plugins;

    exports dev.domin.cli;
}
