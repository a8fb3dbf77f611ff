/** JSON by handles and paths: {@code json}. Only the streaming reader of Gson is used, for parsing. */
@NullMarked
package dev.domin.plugins.json;

import org.jspecify.annotations.NullMarked;
