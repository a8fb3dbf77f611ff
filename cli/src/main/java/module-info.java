/** The command {@code domin}: interprets arguments and returns an exit status. */
module dev.domin.cli {
    requires static org.jspecify;
    requires dev.domin.inspector;
    requires dev.domin.runtime;
    requires dev.domin.plugins;
    requires dev.domin.testkit;
    requires dev.domin.udp;

    exports dev.domin.cli;
}
