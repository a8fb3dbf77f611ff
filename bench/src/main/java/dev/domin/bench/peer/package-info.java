/** Programs in Java that domin is compared with. */
package dev.domin.bench.peer;
