/** A test kit for UDP. Needs only {@code java.base} and the engine of {@code dev.domin.udp}. */
module dev.domin.testkit {
    requires static org.assertj.core;
    requires static org.jspecify;
    requires transitive dev.domin.udp;

    exports dev.domin.testkit;
    exports dev.domin.testkit.assertj;
    exports dev.domin.testkit.capture;

    uses dev.domin.udp.UdpProgramLoader;
}
