package dev.domin.testkit;

import dev.domin.udp.Datagram;
import dev.domin.udp.DatagramHandler;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the packets of an endpoint as its stubs say. */
final class StubHandler implements DatagramHandler {

    private final Stubs stubs;
    private final JournalStore store;
    private @Nullable EndpointTap tap;

    StubHandler(Stubs stubs, JournalStore store) {
        this.stubs = stubs;
        this.store = store;
    }

    /** Connects this with the tap of its endpoint, before that is opened. */
    void connect(EndpointTap endpointTap) {
        tap = endpointTap;
    }

    @Override
    public void handle(Datagram datagram) throws Exception {
        Entry entry = Objects.requireNonNull(tap).current();
        if (store.isObsolete(entry)) {
            return; // a fault has delayed it since the test before
        }
        Packet packet = view(entry, datagram);
        Reply reply;
        try {
            Optional<Stubs.Taker> taker = stubs.find(packet);
            if (taker.isEmpty()) {
                store.unmatched(entry, stubs.miss(packet));
                return;
            }
            store.handledBy(entry, taker.get().description());
            reply = Objects.requireNonNull(taker.get().responder().answer(packet), "the responder returned null");
        } catch (Throwable e) {
            store.explain(entry, e.toString());
            throw e;
        }
        answer(entry, datagram, reply);
    }

    private void answer(Entry entry, Datagram datagram, Reply reply) {
        List<Reply> datagrams = reply.datagrams();
        if (reply.isFailure()) {
            store.explain(entry, reply.message());
            datagram.drop();
        } else if (datagrams.size() == 1 && datagrams.get(0).isPlain()) {
            datagram.reply(datagrams.get(0).raw());
        } else if (!datagrams.isEmpty()) {
            entry.later = datagrams;
        }
    }

    /** {@return the packet as the server got it: with what faults have changed} */
    private Packet view(Entry entry, Datagram datagram) {
        if (entry.faults.isEmpty()) {
            return store.packet(entry);
        }
        return store.packet(entry.withPayload(datagram.payload()));
    }
}
