/**
 * The language: text to class bytes, one package a stage ({@code source}, {@code syntax}, {@code bind}, {@code compile}).
 * {@code support} is what compiled scripts lean on while they run.
 */
module dev.domin.lang {
    requires transitive dev.domin.spi;

    exports dev.domin.lang;
    exports dev.domin.lang.source;
    exports dev.domin.lang.support;
}
