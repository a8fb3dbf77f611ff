/** The loopback datagram engine. Needs only {@code java.base}, and knows nothing of scripts. */
@SuppressWarnings("module") // the module of batches is built later
module dev.domin.udp {
    requires static org.jspecify;

    exports dev.domin.udp;
    exports dev.domin.udp.transport to
            dev.domin.udp.linux;

    uses dev.domin.udp.transport.BatchSupport;
}
