/** The formatting of {@code printf} and {@code string.Format}. Not exported, because scripts do not call it. */
package dev.domin.plugins.format;
