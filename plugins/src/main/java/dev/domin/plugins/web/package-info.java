/** The codings of the web: {@code web}. */
package dev.domin.plugins.web;
