package dev.domin.spi.descriptor;

import dev.domin.spi.Plugin;
import java.util.List;

/**
 * Everything about a plugin that can be known without an instance of it. The annotation processor writes one for each
 * plugin it compiles; for other plugins the runtime reads the annotations by reflection.
 */
public interface PluginDescriptor {

    /** {@return the word before the dot in calls} */
    String namespace();

    /** {@return what a directive names} */
    String library();

    /** {@return other names that a directive may use} */
    List<String> aliases();

    /** {@return the path that documentation shows in a directive} */
    String path();

    /** {@return the binary name of the plugin's class, such as {@code dev.domin.plugins.timer.TimerPlugin}} */
    String className();

    /** {@return the functions, aliases included} */
    List<FunctionDeclaration> functions();

    /** {@return what the plugin is for} */
    String doc();

    /** {@return the pages of the functions, in the order of their declaration, without aliases} */
    List<FunctionDoc> docs();

    /** {@return what {@code domin check} checks of literal arguments, for each function, aliases included} */
    default List<ArgumentRule> argumentRules() {
        return List.of(); // for descriptors written by earlier processors
    }

    /** {@return the plugin's class, whose loader scripts are linked against} */
    Class<? extends Plugin> pluginClass();

    /** {@return a new instance, not yet started} */
    Plugin create();
}
