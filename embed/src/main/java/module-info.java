/** Everything that a Java program needs to run scripts: the runtime, and the plugins that the runtime finds. */
module dev.domin {
    requires transitive dev.domin.runtime;
    requires dev.domin.plugins;
    requires dev.domin.udp;
    requires static org.jspecify;

    provides dev.domin.udp.UdpProgramLoader with
            dev.domin.embed.ScriptProgramLoader;
}
