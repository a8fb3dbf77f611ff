/** The words a plugin is written in. Leans on nothing but {@code java.base}. */
module dev.domin.spi {
    exports dev.domin.spi;
}
