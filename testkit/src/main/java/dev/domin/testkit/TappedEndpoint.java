package dev.domin.testkit;

import dev.domin.udp.UdpStats;
import java.net.InetSocketAddress;

/**
 * An endpoint of a {@link UdpTap} or a {@link UdpServer}, as it was when it was asked for.
 *
 * @param number its number, from 1 on in the order in which the options were made
 * @param handler what handles its packets, in words; empty if each packet has its own
 * @param address its address, also after closing
 * @param isOpen whether it is open
 * @param stats its counts; final once it has terminated
 */
public record TappedEndpoint(int number, String handler, InetSocketAddress address, boolean isOpen, UdpStats stats) {}
