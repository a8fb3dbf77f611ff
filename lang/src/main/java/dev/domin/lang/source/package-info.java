/** Source text, places in it, and what there is to say about them. */
package dev.domin.lang.source;
