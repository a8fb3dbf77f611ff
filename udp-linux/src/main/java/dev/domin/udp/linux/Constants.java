package dev.domin.udp.linux;

/** Constants of Linux' programming interface, the same on amd64 and aarch64. */
final class Constants {

    static final int AF_INET = 2;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;

    static final int SOL_SOCKET = 1;
    static final int SO_TYPE = 3;
    static final int SO_RCVTIMEO = 20;
    static final int SO_MEMINFO = 55;
    static final int SK_MEMINFO_DROPS = 8;
    static final int SK_MEMINFO_VARS = 9;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;

    static final int MSG_PEEK = 2;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_WAITFORONE = 0x10000;

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ECONNREFUSED = 111;

    static final int F_DUPFD_CLOEXEC = 1030;
    static final int SHUT_RD = 0;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int MAP_PRIVATE = 0x2;
    static final int MAP_ANONYMOUS = 0x20;
    static final int MAP_NORESERVE = 0x4000;
    static final int MADV_DONTNEED = 4;
    static final int MADV_NOHUGEPAGE = 15;

    private Constants() {}
}
