package dev.domin.inspector.http;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of the page. Safe for use by several threads. */
final class Assets {

    /** No slash, and no point at the beginning: a name cannot lead out of the folder. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,80}");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    /** {@return the content type of a file} */
    static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
    }

    /** {@return the file, or null if there is none} */
    byte @Nullable [] find(String name) throws IOException {
        if (!NAME.matcher(name).matches() || type(name).isEmpty()) {
            return null;
        }
        byte[] content = known.get(name);
        if (content == null) {
            try (var in = Assets.class.getResourceAsStream("/dev/domin/inspector/page/" + name)) {
                if (in == null) {
                    return null;
                }
                content = in.readAllBytes();
            }
            known.put(name, content);
        }
        return content;
    }
}
