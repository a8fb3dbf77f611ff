/**
 * What compiler, help and runtime need to know of a plugin without an instance of it: the tables of its functions, as the
 * annotation processor writes them or as reflection reads them, and the rules for plugin classes, which both check in the
 * same words. A plugin's author needs nothing of this package.
 */
package dev.domin.spi.descriptor;
