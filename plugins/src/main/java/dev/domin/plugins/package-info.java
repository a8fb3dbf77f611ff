/** The catalogue of the plugins that come with domin, {@code BundledPlugins}, which is written when they are compiled. */
package dev.domin.plugins;
