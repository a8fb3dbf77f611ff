package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.SendReport;
import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a closing endpoint reads its socket, and what it counts, where its markers do not arrive. */
@Timeout(60)
class DrainLimitsTest {

    private static final long MILLISECOND = 1_000_000;

    private final VirtualMachine machine = new VirtualMachine(Long.MAX_VALUE - MILLISECOND); // the clock wraps
    private final List<String> errors = new ArrayList<>();
    private final Socket socket = new Socket();
    private final Engine engine = new Engine(
            socket,
            UdpOptions.builder()
                    .onError(problem -> errors.add(problem.getMessage()))
                    .build(),
            0,
            HandlerKind.simple(packet -> {}),
            machine);
    private final Drain drain = new Drain(socket, engine);

    /** A socket that returns what a test says, each time that it is read. */
    private static final class Socket implements Transport {
        private final InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        private final List<byte[]> sent = new ArrayList<>();
        private final Deque<Error> failures = new ArrayDeque<>(); // of looking at a packet
        private Reading reading = () -> 0;
        private int bufferBytes = 1;
        private int reads;
        private boolean refuses;
        private boolean returnsWhatWasSent;
        private int read;

        @Override
        public InetSocketAddress localAddress() {
            return address;
        }

        @Override
        public int receiveBufferBytes() {
            return bufferBytes;
        }

        @Override
        public int receive() {
            throw new AssertionError("a closing endpoint does not wait");
        }

        @Override
        public int receiveNow() throws IOException {
            reads++;
            assertThat(reads).as("reads").isLessThan(1_000_000);
            read = reading.read();
            return read;
        }

        @Override
        public boolean isOwn(int index, byte[] payload) {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            return returnsWhatWasSent && index < sent.size() && Arrays.equals(sent.get(index), payload);
        }

        @Override
        public void take(int index, PacketBuffer into) {
            into.prepare(0, address);
        }

        @Override
        public boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
            throw new AssertionError("a closing endpoint has no answers");
        }

        @Override
        public void flush(boolean mayWait, SendReport report) {}

        @Override
        public void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
            if (refuses) {
                throw new IOException("refused");
            }
            sent.add(Arrays.copyOfRange(bytes, offset, offset + length));
        }

        @Override
        public void reopen() {}

        @Override
        public void close() {}

        @Override
        public void release() {}
    }

    private interface Reading {
        int read() throws IOException;
    }

    /** A flood goes on for longer than the endpoint reads: it reads what fits into the socket's buffer. */
    @Test
    void shouldReadAsManyPacketsAsTheQueueCanHave() {
        socket.bufferBytes = 1 << 20; // which the system doubles: 8192 packets of 256 bytes
        socket.reading = () -> 1;
        drain.run(null);
        assertThat(engine.accounts().received()).isEqualTo(8192);
        assertThat(engine.accounts().count(Fate.CLOSED)).isEqualTo(8192);
        assertThat(socket.sent).as("markers").hasSize(8192 / 256);
    }

    @Test
    void shouldReadAThousandPacketsAtLeast() {
        socket.reading = () -> 64;
        drain.run(null);
        assertThat(engine.accounts().received()).isEqualTo(1024);
        assertThat(socket.sent).as("markers").hasSize(1024 / 256);
    }

    @Test
    void shouldWaitForAMarkerBehindAnEmptyQueue() {
        long start = machine.nanoTime();
        socket.reading = () -> {
            machine.pass(10 * MILLISECOND);
            return 0;
        };
        drain.run(null);
        assertThat(socket.sent).as("markers").hasSize(1);
        // Sent at 10 ms; at 110 ms its time is up, and not over.
        assertThat(machine.nanoTime() - start).isEqualTo(120 * MILLISECOND);
    }

    @Test
    void shouldCountWhatArrivesWhileItWaitsForAMarker() {
        int[] left = {3};
        socket.reading = () -> {
            machine.pass(10 * MILLISECOND);
            return socket.reads % 2 == 0 && --left[0] >= 0 ? 1 : 0;
        };
        drain.run(null);
        assertThat(engine.accounts().received()).isEqualTo(3);
        assertThat(socket.sent).as("markers").hasSize(1);
    }

    @Test
    void shouldNotWaitForAMarkerThatCannotBeSent() {
        socket.refuses = true;
        drain.run(null);
        assertThat(socket.reads).isEqualTo(1);
    }

    @Test
    void shouldEndWhereTheSocketIsClosed() {
        socket.reading = () -> {
            throw new ClosedChannelException();
        };
        drain.run(null);
        assertThat(socket.reads).isEqualTo(1);
    }

    @Test
    void shouldGiveUpASocketThatCannotBeRead() {
        socket.reading = () -> {
            throw new IOException("unreadable");
        };
        drain.run(null);
        assertThat(socket.reads).isEqualTo(8);
    }

    @Test
    void shouldReadAgainWhenReadingFails() {
        socket.reading = () -> {
            switch (socket.reads) {
                case 1, 3 -> throw new IOException("unreadable");
                case 2, 4 -> {
                    return 2;
                }
                default -> throw new ClosedChannelException();
            }
        };
        drain.run(null);
        assertThat(engine.accounts().received()).isEqualTo(4);
    }

    /** A marker, a signal, and what came later: only what came before it counts. */
    @Test
    void shouldCountNeitherMarkersNorSignals() throws Exception {
        WakeSignal wakes = new WakeSignal(socket);
        wakes.send();
        assertThat(drain.marker().send()).isTrue();
        socket.returnsWhatWasSent = true;
        drain.drop(10, wakes);
        assertThat(drain.marker().seen()).isTrue();
        assertThat(wakes.unseen()).isZero();
        assertThat(engine.accounts().received()).isZero();
    }

    @Test
    void shouldLookAgainAtAPacketThatCannotBeExamined() {
        drain.marker().send();
        socket.returnsWhatWasSent = true;
        socket.failures.add(new OutOfMemoryError("for a test"));
        drain.drop(1, null);
        assertThat(drain.marker().seen()).isTrue();
        assertThat(engine.accounts().received()).isZero();
        assertThat(errors).containsExactly("for a test");
    }

    @Test
    void shouldCountAPacketThatCanNeverBeExamined() {
        drain.marker().send();
        socket.returnsWhatWasSent = true;
        for (int i = 0; i < 4; i++) {
            socket.failures.add(new OutOfMemoryError("for a test"));
        }
        drain.drop(2, null);
        assertThat(drain.marker().seen()).isFalse();
        assertThat(engine.accounts().received()).isEqualTo(2);
        assertThat(engine.accounts().count(Fate.CLOSED)).isEqualTo(2);
    }

    @Test
    void shouldCountAPacketThatIsNoMarkerWhenItIsExaminedAgain() {
        drain.marker().send();
        socket.failures.add(new OutOfMemoryError("for a test"));
        drain.drop(1, null);
        assertThat(engine.accounts().received()).isEqualTo(1);
    }
}
