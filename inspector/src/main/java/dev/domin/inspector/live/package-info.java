/** What changes all the time: counts, measurements and state; and what the page can do. */
@NullMarked
package dev.domin.inspector.live;

import org.jspecify.annotations.NullMarked;
