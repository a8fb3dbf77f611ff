/**
 * What a plugin class says of itself, wherever it was read: from sources by the annotation processor, or by reflection. The
 * rules are here once, so that both find the same faults in the same words.
 */
package dev.domin.spi.model;
