/**
 * What plugins are written with: the annotations that declare a plugin and its functions, the types of their parameters, and
 * the services of a script's run.
 */
package dev.domin.spi;
