/** Assertions in the manner of AssertJ, which has to be on the path where they are used. */
@NullMarked
package dev.domin.testkit.assertj;

import org.jspecify.annotations.NullMarked;
