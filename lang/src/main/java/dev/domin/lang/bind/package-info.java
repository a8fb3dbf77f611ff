/** Binder: names, types, overlays, definite assignment, calls of plugins. */
package dev.domin.lang.bind;
