/** UDP servers in tests of JUnit Jupiter. */
@NullMarked
package dev.domin.junit;

import org.jspecify.annotations.NullMarked;
