package dev.domin.lang.support;

/** The loader of a compiled script: it hands the class the objects that its static fields refer to. */
public abstract class LinkingClassLoader extends ClassLoader {

    /**
     * The index of the {@link Safepoint} among the links. The plugins follow in the order of {@code CompiledScript.plugins}.
     */
    public static final int SAFEPOINT = 0;

    /**
     * Creates a loader.
     *
     * @param parent where the spi and this package are found
     */
    protected LinkingClassLoader(ClassLoader parent) {
        super(parent);
    }

    /**
     * Gives an object to link.
     *
     * @param index {@link #SAFEPOINT}, or 1 + the index of a plugin
     * @return the object
     */
    public abstract Object link(int index);
}
