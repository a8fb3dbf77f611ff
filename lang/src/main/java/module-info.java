/**
 * The compiler, with one package for each stage ({@code syntax}, {@code bind}, {@code compile}, {@code check}); {@code
 * source} has texts and errors, and {@code support} the classes that compiled scripts use at run time.
 */
module dev.domin.lang {
    requires static org.jspecify;
    requires transitive dev.domin.spi;

    exports dev.domin.lang;
    exports dev.domin.lang.source;
    exports dev.domin.lang.support;
}
