/** Collections whose every operation is quick, for the plugins that let scripts choose the operations. Not for scripts, so not exported. */
package dev.domin.plugins.table;
