package dev.domin.embed;

import dev.domin.udp.Datagram;
import dev.domin.udp.Fate;
import dev.domin.udp.UdpCustomizer;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpObserver;
import dev.domin.udp.UdpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The endpoints that a script has opened. Adds an observer to each, which notifies that of the host. Thread-safe. */
final class Endpoints implements UdpCustomizer {

    private final UdpCustomizer host;
    private final Set<UdpEndpoint> opened = ConcurrentHashMap.newKeySet(); // without those that have terminated

    Endpoints(UdpCustomizer host) {
        this.host = host;
    }

    @Override
    public void customize(String name, UdpOptions.Builder options) {
        host.customize(name, options);
        var observer = options.build().observer();
        options.observer(observer.isPresent() ? new Counting(observer.get()) : new Counting(new Unobserved()));
    }

    /** {@return how many are open} */
    int open() {
        return (int) opened.stream().filter(UdpEndpoint::isOpen).count();
    }

    /** For hosts without an observer. */
    private static final class Unobserved implements UdpObserver {

        @Override
        public void received(long number, long arrival, Datagram packet) {}

        @Override
        public void decided(long number, Fate fate) {}

        @Override
        public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {}
    }

    /** The observer of one endpoint. */
    private final class Counting implements UdpObserver {

        private final UdpObserver observer;
        private volatile @Nullable UdpEndpoint endpoint;

        Counting(UdpObserver observer) {
            this.observer = observer;
        }

        @Override
        public void opened(UdpEndpoint openedEndpoint) {
            observer.opened(openedEndpoint);
            endpoint = openedEndpoint;
            opened.add(openedEndpoint);
        }

        @Override
        public void received(long number, long arrival, Datagram packet) {
            observer.received(number, arrival, packet);
        }

        @Override
        public void decided(long number, Fate fate) {
            observer.decided(number, fate);
        }

        @Override
        public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
            observer.sent(number, bytes, offset, length, to);
        }

        @Override
        public void refused(long number, InetSocketAddress to, IOException problem) {
            observer.refused(number, to, problem);
        }

        @Override
        public void unsent(byte[] bytes, int offset, int length, InetSocketAddress to, String reason) {
            observer.unsent(bytes, offset, length, to, reason);
        }

        @Override
        public void closed() {
            var terminated = endpoint;
            if (terminated != null) {
                opened.remove(terminated);
            }
            observer.closed();
        }
    }
}
