/** The loopback datagram engine. Leans on nothing but {@code java.base}: it is usable without a script in sight. */
@SuppressWarnings("module") // the module of batches is built later
module dev.domin.udp {
    requires static org.jspecify;

    exports dev.domin.udp;
    exports dev.domin.udp.transport to
            dev.domin.udp.linux;

    uses dev.domin.udp.transport.BatchSupport;
}
