/** The stage that looks for what will fail or was hardly meant; only {@code domin check} runs it. */
@NullMarked
package dev.domin.lang.check;

import org.jspecify.annotations.NullMarked;
