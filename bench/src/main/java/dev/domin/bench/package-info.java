/** JMH measurements. In no module, since JMH finds its benchmarks on the class path. */
package dev.domin.bench;
