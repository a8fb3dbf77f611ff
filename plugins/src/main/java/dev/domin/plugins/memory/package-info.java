/** Memory that scripts name by an address, shared by the plugins that give it out and those that look at it. */
package dev.domin.plugins.memory;
