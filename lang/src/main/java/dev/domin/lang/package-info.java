/** The compiler's front door. */
package dev.domin.lang;
