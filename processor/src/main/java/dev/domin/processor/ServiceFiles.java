package dev.domin.processor;

import dev.domin.spi.descriptor.PluginRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.tools.StandardLocation;

/** The files in {@code META-INF/services} for the plugins of a compilation. */
final class ServiceFiles {

    private static final String FOLDER = "META-INF/services/";

    private final Map<String, Map<String, Element>> providers = new HashMap<>();

    /**
     * Adds a provider.
     *
     * @param service the service's name
     * @param provider the providing class's binary name
     * @param place the element that causes it
     */
    void add(String service, String provider, Element place) {
        providers.computeIfAbsent(service, _ -> new TreeMap<>()).put(provider, place);
    }

    /** Writes the files. Existing entries stay, because an incremental compilation sees only some of the plugins. */
    void write(ProcessingEnvironment environment, PluginRules.Problems problems) {
        for (var service : providers.entrySet()) {
            var file = FOLDER + service.getKey();
            var names = new TreeSet<>(service.getValue().keySet());
            for (var name : read(environment, file)) {
                if (environment.getElementUtils().getTypeElement(name.replace('$', '.'))
                        != null) { // otherwise the class no longer exists
                    names.add(name);
                }
            }
            write(environment, file, names, service.getValue().values(), problems);
        }
    }

    private static List<String> read(ProcessingEnvironment environment, String file) {
        try {
            var text = environment
                    .getFiler()
                    .getResource(StandardLocation.CLASS_OUTPUT, "", file)
                    .getCharContent(true)
                    .toString();
            var names = new ArrayList<String>();
            for (var line : text.split("\\R")) {
                int comment = line.indexOf('#');
                var name = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
            return names;
        } catch (IOException _) { // the file does not exist yet
            return List.of();
        }
    }

    private static void write(
            ProcessingEnvironment environment,
            String file,
            TreeSet<String> names,
            Collection<Element> places,
            PluginRules.Problems problems) {
        try (var writer = environment
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", file, places.toArray(new Element[0]))
                .openWriter()) {
            for (var name : names) {
                writer.append(name).append('\n');
            }
        } catch (IOException e) {
            problems.report(places.iterator().next(), file + " cannot be written: " + e.getMessage());
        }
    }
}
