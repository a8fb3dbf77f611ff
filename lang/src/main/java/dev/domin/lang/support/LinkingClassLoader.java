package dev.domin.lang.support;

/** The class loader of a compiled script, which provides the objects for the static fields of the class. */
public abstract class LinkingClassLoader extends ClassLoader {

    /**
     * The index of the {@link Safepoint} among the links. The plugins follow in the order of {@link
     * CompiledScript#plugins}.
     */
    public static final int SAFEPOINT = 0;

    /**
     * Creates a loader.
     *
     * @param parent the loader of the spi and of this package
     */
    protected LinkingClassLoader(ClassLoader parent) {
        super(parent);
    }

    /**
     * Returns an object for a static field.
     *
     * @param index {@link #SAFEPOINT}, or 1 + the index of a plugin
     * @return the object
     */
    public abstract Object link(int index);
}
