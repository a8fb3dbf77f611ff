/** The loopback datagram engine. Leans on nothing but {@code java.base}: it is usable without a script in sight. */
module dev.domin.udp {
    exports dev.domin.udp;
}
