package dev.domin.lang;

import dev.domin.lang.source.Position;
import dev.domin.lang.support.CompiledScript;
import dev.domin.lang.support.LinkingClassLoader;
import dev.domin.lang.support.Safepoint;
import dev.domin.lang.support.ScriptProgram;
import dev.domin.spi.Plugin;

/** Defines a compiled script and runs it, without a lock. */
public final class Run {

    private final CompiledScript script;
    private final ScriptProgram program;

    public Run(CompiledScript script, Safepoint safepoint, Plugin... plugins) {
        this.script = script;
        try {
            this.program = (ScriptProgram) new Loader(script, safepoint, plugins)
                    .loadClass(script.className())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    public ScriptProgram program() {
        return program;
    }

    /** {@return the place of an error of a run in the script} */
    public Position place(Throwable error) {
        for (var frame : error.getStackTrace()) {
            if (frame.getClassName().equals(script.className())) {
                return script.source()
                        .position(script.places().get(frame.getLineNumber()).start());
            }
        }
        throw new IllegalArgumentException("not raised by the script", error);
    }

    private static final class Loader extends LinkingClassLoader {
        private final CompiledScript script;
        private final Object[] links;

        Loader(CompiledScript script, Safepoint safepoint, Plugin... plugins) {
            super(Run.class.getClassLoader());
            this.script = script;
            this.links = new Object[plugins.length + 1];
            links[SAFEPOINT] = safepoint;
            System.arraycopy(plugins, 0, links, 1, plugins.length);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.equals(script.className())) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, script.classFile(), 0, script.classFile().length);
        }

        @Override
        public Object link(int index) {
            return links[index];
        }
    }
}
