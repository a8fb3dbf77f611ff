/** The catalog of the plugins that come with domin, {@code BundledPlugins}, which the processor generates. */
package dev.domin.plugins;
