package dev.domin.embed;

import dev.domin.lang.source.RefusedException;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.udp.UdpCustomizer;
import dev.domin.udp.UdpProgram;
import dev.domin.udp.UdpProgramLoader;
import java.util.List;

/** Starts scripts with the installed plugins. Created by {@link java.util.ServiceLoader}. */
public final class ScriptProgramLoader implements UdpProgramLoader {

    /** Creates a loader. */
    public ScriptProgramLoader() {}

    @Override
    public UdpProgram start(String name, String source, List<String> arguments, UdpCustomizer customizer) {
        Script script;
        try {
            script = Script.compile(name, source);
        } catch (RefusedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        var endpoints = new Endpoints(customizer);
        var options = RunOptions.builder()
                .arguments(arguments)
                .service(UdpCustomizer.class, endpoints)
                .build();
        return new RunningScript(script.start(options), endpoints);
    }
}
