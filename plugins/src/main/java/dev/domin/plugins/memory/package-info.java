/** Memory that scripts use by address, shared by the plugins that allocate it and those that read it. */
@NullMarked
package dev.domin.plugins.memory;

import org.jspecify.annotations.NullMarked;
