/** Answers HTTP requests on loopback: who may ask, files, JSON and server-sent events. */
@NullMarked
package dev.domin.inspector.http;

import org.jspecify.annotations.NullMarked;
