package dev.domin.lang.bind;

import java.util.Set;

/** The plugins of DominScript that domin does not have. Loaded only to explain a plugin that was not found. */
final class UpstreamPlugins {

    private static final Set<String> LIBRARIES = Set.of(
            "AbiTypesPlugin",
            "CallbackHttpListenerPlugin",
            "CallbackListenerPlugin",
            "CallbackTcpListenerPlugin",
            "CallbackWorkerPlugin",
            "FfmpegPlugin",
            "GlPlugin",
            "ImagePlugin",
            "ProcessPlugin",
            "Sdl2Plugin",
            "SqlitePlugin");

    private UpstreamPlugins() {}

    /** {@return whether DominScript has such a plugin} */
    static boolean has(String library) {
        return LIBRARIES.contains(library);
    }
}
