/** JSON by handles and paths: {@code json}. Gson's streaming reader does the parsing; nothing else of Gson is used. */
package dev.domin.plugins.json;
