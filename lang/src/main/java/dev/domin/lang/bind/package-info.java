/** Tree to meaning: names, types, overlays, definite assignment, agreement with the plugins. */
package dev.domin.lang.bind;
