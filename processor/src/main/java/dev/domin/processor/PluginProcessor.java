package dev.domin.processor;

import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginModel;
import dev.domin.spi.descriptor.PluginRules;
import java.io.IOException;
import java.lang.annotation.IncompleteAnnotationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link dev.domin.spi.descriptor.PluginDescriptor} for each class with {@link ScriptPlugin}, named {@code
 * …Descriptor}, into the plugin's package, and names the class in {@code META-INF/services}, so that the runtime finds
 * it in a jar. With the option {@code -Adomin.catalog=NAME} it also writes the class of that name, a {@link
 * dev.domin.spi.descriptor.PluginCatalog} of all plugins of the compilation, and names that instead of the single
 * classes.
 *
 * <p>A class that breaks a rule for plugins is a compile error, with the message of {@link PluginRules}.
 */
public final class PluginProcessor extends AbstractProcessor {

    /** The option that names the catalog. */
    public static final String CATALOG_OPTION = "domin.catalog";

    private final ServiceFiles services = new ServiceFiles();
    private boolean catalogWritten;
    private boolean faulty;

    /** Creates the processor; the compiler does so. */
    public PluginProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(ScriptPlugin.class.getName(), ScriptFunction.class.getName(), Param.class.getName());
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Set.of(CATALOG_OPTION);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        var plugins = new ArrayList<PluginSource>();
        for (var element : round.getElementsAnnotatedWith(ScriptPlugin.class)) {
            if (element instanceof TypeElement type) {
                read(type, plugins);
            }
        }
        for (var element : round.getElementsAnnotatedWith(ScriptFunction.class)) {
            var owner = Objects.requireNonNull(element.getEnclosingElement()); // a method has a class
            if (owner.getAnnotation(ScriptPlugin.class) == null) {
                report(
                        element,
                        owner + "." + element.getSimpleName()
                                + ": @ScriptFunction has an effect only in a class with @ScriptPlugin");
            }
        }
        checkLibraries(plugins);
        if (!faulty) {
            for (var plugin : plugins) {
                write(
                        plugin.descriptorName(),
                        DescriptorWriter.write(plugin, processingEnv.getElementUtils()),
                        plugin.type());
            }
            writeCatalog(plugins);
            if (!faulty) {
                collectServices(plugins);
            }
        }
        if (round.processingOver() && !faulty) {
            services.write(processingEnv, this::report);
        }
        return false;
    }

    private void read(TypeElement type, List<PluginSource> plugins) {
        try {
            var source = new PluginReader(processingEnv.getElementUtils(), processingEnv.getTypeUtils()).read(type);
            PluginRules.check(source.model(), this::report);
            plugins.add(source);
        } catch (IncompleteAnnotationException _) {
            faulty = true; // a value is missing, which the compiler reports
        }
    }

    private void checkLibraries(List<PluginSource> plugins) {
        Map<String, PluginModel> owners = new HashMap<>();
        for (var plugin : plugins) {
            for (var library : plugin.libraries()) {
                var owner = owners.putIfAbsent(library, plugin.model());
                if (owner != null && !owner.className().equals(plugin.model().className())) {
                    report(
                            plugin.type(),
                            plugin.model().className() + ": library \"" + library + "\" is also that of "
                                    + owner.className());
                }
            }
        }
    }

    private void writeCatalog(List<PluginSource> plugins) {
        var name = processingEnv.getOptions().get(CATALOG_OPTION);
        if (name == null || catalogWritten || plugins.isEmpty()) {
            return;
        }
        catalogWritten = true;
        if (!SourceVersion.isName(name) || name.indexOf('.') < 0) {
            report(
                    null,
                    "-A" + CATALOG_OPTION + "=" + name
                            + " is not the full name of a class, such as org.example.Plugins");
            return;
        }
        var places = new Element[plugins.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = plugins.get(i).type();
        }
        write(name, CatalogWriter.write(name, plugins, processingEnv.getElementUtils()), places);
    }

    private void collectServices(List<PluginSource> plugins) {
        var catalog = processingEnv.getOptions().get(CATALOG_OPTION);
        for (var plugin : plugins) {
            if (catalog == null) {
                services.add(Plugin.class.getName(), plugin.model().className(), plugin.type());
            } else {
                services.add(PluginCatalog.class.getName(), catalog, plugin.type());
            }
        }
    }

    private void write(String name, String source, Element... places) {
        try (var writer =
                processingEnv.getFiler().createSourceFile(name, places).openWriter()) {
            writer.write(source);
        } catch (IOException e) {
            report(places[0], name + " cannot be written: " + e.getMessage());
        }
    }

    private void report(@Nullable Object place, String sentence) {
        faulty = true;
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, sentence, (Element) place);
    }
}
