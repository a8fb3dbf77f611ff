/** Reads and writes captures of UDP packets: the files of Wireshark and tcpdump, pcapng and pcap. */
@NullMarked
package dev.domin.testkit.capture;

import org.jspecify.annotations.NullMarked;
