/** What a compiled script leans on while it runs. */
package dev.domin.lang.support;
