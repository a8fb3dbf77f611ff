/** The packets of a journal: filters, the list, details and captures. */
@NullMarked
package dev.domin.inspector.packets;

import org.jspecify.annotations.NullMarked;
