/** The catalog of the plugins that come with domin, {@code BundledPlugins}, which the processor generates. */
@NullMarked
package dev.domin.plugins;

import org.jspecify.annotations.NullMarked;
