package dev.domin.cli.watch;

import dev.domin.udp.AdvancedHandler;
import dev.domin.udp.AdvancedOptions;
import dev.domin.udp.BoundSocket;
import dev.domin.udp.UdpCustomizer;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpOpener;
import dev.domin.udp.UdpOptions;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens the endpoints of a script, and keeps their sockets for the next version of it. An endpoint with port 0 gets the
 * socket of the one that was opened with port 0 at the same place in the order, servers and clients counted apart. An
 * endpoint with a port gets the socket of that port, wherever it was. Where the socket is closed already, the same port
 * is bound again if it is free.
 */
final class KeptSockets implements UdpOpener {

    /** An endpoint in the order of the openings. */
    private static final class Place {
        final String kind;
        final int index; // among those of its kind
        final int wanted;
        final int port;

        @Nullable
        UdpEndpoint endpoint; // null for one of the version before

        @Nullable
        BoundSocket socket; // null while the endpoint is open, and if it was closed

        Place(String kind, int index, int wanted, UdpEndpoint endpoint) {
            this.kind = kind;
            this.index = index;
            this.wanted = wanted;
            this.port = endpoint.port();
            this.endpoint = endpoint;
        }

        boolean isAt(String otherKind, int otherIndex) {
            return kind.equals(otherKind) && index == otherIndex;
        }
    }

    private final @Nullable UdpCustomizer customizer;
    private final Consumer<String> say;
    private final List<Place> current = new ArrayList<>(); // guarded by this object's monitor, as the next
    private final List<Place> kept = new ArrayList<>();

    /**
     * Creates the opener.
     *
     * @param customizer what else changes the options of endpoints, or null
     * @param say prints a sentence
     */
    KeptSockets(@Nullable UdpCustomizer customizer, Consumer<String> say) {
        this.customizer = customizer;
        this.say = say;
    }

    @Override
    public void customize(String name, UdpOptions.Builder options) {
        if (customizer != null) {
            customizer.customize(name, options);
        }
    }

    @Override
    public UdpEndpoint open(String kind, UdpOptions options, AdvancedOptions advanced, AdvancedHandler handler)
            throws IOException {
        int wanted = options.port();
        var place = choose(kind, wanted);
        var socket = take(place);
        UdpEndpoint endpoint;
        if (socket != null) {
            endpoint = UdpEndpoint.open(socket, options, advanced, handler);
        } else if (place != null && wanted == 0) {
            endpoint = openAgain(place.port, options, advanced, handler);
        } else {
            endpoint = UdpEndpoint.open(options, advanced, handler);
        }
        add(kind, wanted, endpoint);
        return endpoint;
    }

    private static UdpEndpoint openAgain(
            int port, UdpOptions options, AdvancedOptions advanced, AdvancedHandler handler) throws IOException {
        try {
            return UdpEndpoint.open(options.toBuilder().port(port).build(), advanced, handler);
        } catch (BindException _) { // another program has it
            return UdpEndpoint.open(options, advanced, handler);
        }
    }

    private synchronized @Nullable Place choose(String kind, int wanted) {
        int index = count(kind);
        for (var place : kept) {
            boolean fits = wanted == 0
                    ? place.wanted == 0 && place.isAt(kind, index)
                    : place.port == wanted && place.socket != null;
            if (fits) {
                return place;
            }
        }
        return null;
    }

    private synchronized @Nullable BoundSocket take(@Nullable Place place) {
        if (place == null || place.socket == null) {
            return null;
        }
        var socket = place.socket;
        place.socket = null;
        if (!socket.isFree()) { // its endpoint could not be closed
            socket.close();
            return null;
        }
        return socket;
    }

    private synchronized int count(String kind) {
        int count = 0;
        for (var place : current) {
            if (place.kind.equals(kind)) {
                count++;
            }
        }
        return count;
    }

    private synchronized void add(String kind, int wanted, UdpEndpoint endpoint) {
        current.add(new Place(kind, count(kind), wanted, endpoint));
    }

    /** Brings all endpoints to rest; what they have received is handled then, and what comes later is queued. */
    void rest() throws InterruptedException {
        for (int i = 0; i < size(); i++) { // main may still open another one
            var place = get(i);
            var endpoint = place.endpoint;
            if (endpoint != null && endpoint.isOpen()) {
                var socket = endpoint.advanced().handOver();
                keep(place, socket);
            }
        }
    }

    private synchronized int size() {
        return current.size();
    }

    private synchronized Place get(int index) {
        return current.get(index);
    }

    private synchronized void keep(Place place, Optional<BoundSocket> socket) {
        place.socket = socket.orElse(null);
    }

    /** Makes the endpoints of a run that has ended those of the version before. */
    synchronized void runEnded() {
        for (var place : current) {
            place.endpoint = null;
            kept.removeIf(old -> {
                boolean replaced = old.isAt(place.kind, place.index);
                if (replaced) {
                    discard(old);
                }
                return replaced;
            });
        }
        kept.addAll(current);
        current.clear();
    }

    /** Closes the sockets that the current version has not taken. */
    synchronized void discardLeft() {
        kept.forEach(this::discard);
    }

    /** Closes all sockets that no endpoint has, since there is no further version. */
    synchronized void close() {
        runEnded();
        for (var place : kept) {
            if (place.socket != null) {
                place.socket.close();
            }
        }
        kept.clear();
    }

    /** {@return the ports of the sockets that the current version has not taken} */
    synchronized List<Integer> left() {
        var ports = new ArrayList<Integer>();
        for (var place : kept) {
            if (place.socket != null) {
                ports.add(place.port);
            }
        }
        return ports;
    }

    private void discard(Place place) {
        var socket = place.socket;
        if (socket != null) {
            place.socket = null;
            int queued = socket.discard();
            say.accept("port " + place.port + " is closed, since the new version has not opened it"
                    + (queued == 0
                            ? ""
                            : queued == 1
                                    ? "; 1 packet that had arrived there is not answered"
                                    : "; " + queued + " packets that had arrived there are not answered"));
        }
    }
}
