/** A page on loopback that shows the packets of UDP servers while they come, and what a script does meanwhile. */
module dev.domin.inspector {
    requires com.google.gson;
    requires static org.jspecify;
    requires jdk.httpserver;
    requires transitive dev.domin.testkit;

    exports dev.domin.inspector;
    exports dev.domin.inspector.script;
}
