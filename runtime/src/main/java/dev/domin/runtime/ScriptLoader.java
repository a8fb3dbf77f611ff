package dev.domin.runtime;

import dev.domin.lang.support.CompiledScript;
import dev.domin.lang.support.LinkingClassLoader;
import dev.domin.lang.support.ScriptProgram;
import dev.domin.spi.Plugin;
import java.util.List;

/** Defines the class of one run of a script, and resolves the plugins' classes from their own loaders. */
final class ScriptLoader extends LinkingClassLoader {

    private final CompiledScript script;
    private final Object[] links;

    ScriptLoader(CompiledScript script, ScriptLock lock, List<Plugin> plugins) {
        super(LinkingClassLoader.class.getClassLoader());
        this.script = script;
        this.links = new Object[1 + plugins.size()];
        links[SAFEPOINT] = lock;
        for (int i = 0; i < plugins.size(); i++) {
            links[1 + i] = plugins.get(i);
        }
    }

    @Override
    public Object link(int index) {
        return links[index];
    }

    ScriptProgram load() {
        byte[] bytes = script.classFile();
        try {
            return (ScriptProgram) defineClass(script.className(), bytes, 0, bytes.length)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a compiled script has a public constructor without parameters", e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (var plugin : script.plugins()) { // a plugin from a folder is not visible to the parent loader
            if (plugin.className().equals(name)) {
                return plugin.pluginClass();
            }
        }
        throw new ClassNotFoundException(name);
    }
}
