/** The codings of the web: {@code web}. */
@NullMarked
package dev.domin.plugins.web;

import org.jspecify.annotations.NullMarked;
