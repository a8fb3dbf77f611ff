/** JMH benchmarks. Not in a module, since JMH searches benchmarks on the class path. */
package dev.domin.bench;
