package dev.domin.udp;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Notifies two observers, one after the other. */
record TwoObservers(UdpObserver first, UdpObserver second) implements UdpObserver {

    @Override
    public void opened(UdpEndpoint endpoint) {
        try {
            first.opened(endpoint);
        } finally {
            second.opened(endpoint);
        }
    }

    @Override
    public void received(long number, long arrival, Datagram packet) {
        try {
            first.received(number, arrival, packet);
        } finally {
            second.received(number, arrival, packet);
        }
    }

    @Override
    public void begun(long number) {
        try {
            first.begun(number);
        } finally {
            second.begun(number);
        }
    }

    @Override
    public void decided(long number, Fate fate) {
        try {
            first.decided(number, fate);
        } finally {
            second.decided(number, fate);
        }
    }

    @Override
    public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
        try {
            first.sent(number, bytes, offset, length, to);
        } finally {
            second.sent(number, bytes, offset, length, to);
        }
    }

    @Override
    public void refused(long number, InetSocketAddress to, IOException problem) {
        try {
            first.refused(number, to, problem);
        } finally {
            second.refused(number, to, problem);
        }
    }

    @Override
    public void closed() {
        try {
            first.closed();
        } finally {
            second.closed();
        }
    }

    @Override
    public void unsent(byte[] bytes, int offset, int length, InetSocketAddress to, String reason) {
        try {
            first.unsent(bytes, offset, length, to, reason);
        } finally {
            second.unsent(bytes, offset, length, to, reason);
        }
    }
}
