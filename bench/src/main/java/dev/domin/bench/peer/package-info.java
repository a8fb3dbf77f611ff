/** Programs in Java that the table compares with. */
package dev.domin.bench.peer;
