/**
 * Batches of packets for the loopback datagram engine, by system calls of Linux. The engine finds this module where it
 * is present.
 */
module dev.domin.udp.linux {
    requires dev.domin.udp;
    requires static org.jspecify;

    provides dev.domin.udp.transport.BatchSupport with
            dev.domin.udp.linux.LinuxBatches;
}
