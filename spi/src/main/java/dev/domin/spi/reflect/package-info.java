/** Descriptors of plugins that were compiled without the annotation processor. */
package dev.domin.spi.reflect;
