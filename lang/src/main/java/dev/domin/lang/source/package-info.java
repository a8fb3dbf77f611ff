/** Source text, places in it, and errors. */
package dev.domin.lang.source;
