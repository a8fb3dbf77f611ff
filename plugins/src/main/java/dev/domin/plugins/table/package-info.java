/**
 * Collections whose operations are all fast, for plugins whose scripts choose the operations. Not exported, because
 * scripts do not call it.
 */
@NullMarked
package dev.domin.plugins.table;

import org.jspecify.annotations.NullMarked;
