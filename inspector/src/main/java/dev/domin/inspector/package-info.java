/** The inspector: {@link dev.domin.inspector.Inspector}. */
@NullMarked
package dev.domin.inspector;

import org.jspecify.annotations.NullMarked;
