/** A test kit for UDP: servers for tests, and what a test wants to know about their packets. */
@NullMarked
package dev.domin.testkit;

import org.jspecify.annotations.NullMarked;
