package dev.domin.udp;

import java.io.IOException;
import java.util.List;

/**
 * Starts programs that are given as text and open endpoints, for code that does not know their language. Found by
 * {@link java.util.ServiceLoader}: the artifact {@code dev.domin:domin} has one for scripts.
 */
public interface UdpProgramLoader {

    /**
     * Starts a program.
     *
     * @param name what it is called in messages; may be a path
     * @param source its text
     * @param arguments its arguments
     * @param customizer changes the options of each endpoint that it opens
     * @return the running program; the caller closes it
     * @throws IllegalArgumentException if the program is refused; the message is the whole report
     * @throws IOException if something that it needs cannot be read
     */
    UdpProgram start(String name, String source, List<String> arguments, UdpCustomizer customizer) throws IOException;
}
