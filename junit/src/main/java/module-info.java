/** UDP servers in tests of JUnit Jupiter: one annotation and its extension. */
module dev.domin.junit {
    requires static org.jspecify;
    requires transitive dev.domin.testkit;
    requires transitive org.junit.jupiter.api;

    exports dev.domin.junit;

    opens dev.domin.junit to
            org.junit.platform.commons;
}
