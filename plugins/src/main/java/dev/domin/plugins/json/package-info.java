/** JSON by handles and paths: {@code json}. Only the streaming reader of Gson is used, for parsing. */
package dev.domin.plugins.json;
