/** What a Java program needs to run scripts: the runtime, which it uses, and the plugins, which the runtime finds. */
module dev.domin {
    requires transitive dev.domin.runtime;
    requires dev.domin.plugins;
}
