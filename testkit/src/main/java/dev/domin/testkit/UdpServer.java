package dev.domin.testkit;

import dev.domin.udp.UdpStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

// The file is long because it is the front door of the kit: every method that a test calls on a server, with its
// contract.

/**
 * A UDP server for tests, on 127.0.0.1. It answers by stubs, from a queue, by a function, by a script or from a
 * recording, keeps a journal of all packets, and injects faults.
 *
 * <pre>{@code
 * try (var server = UdpServer.create().start()) {
 *     server.when(prefix("GET ")).reply("42");
 *     server.faults().replies().nth(1).drop();
 *     ... the client under test asks server.address(), twice
 *     server.verify(2, prefix("GET "));
 * }
 * }</pre>
 *
 * <p>A packet is answered by the first stub that matches it; without one by the next reply of the queue; without that
 * by the function. A packet that nothing takes gets no answer; the journal has it as unmatched.
 *
 * <p>Options are set before {@link #start}; stubs, queue and faults at any time. All methods may be called from any
 * thread. Whoever starts a server closes it.
 */
public final class UdpServer implements AutoCloseable {

    private final ServerOptions options = new ServerOptions();
    private final Stubs stubs;
    private final @Nullable ScriptSource script; // null: stubs and functions
    private final Faults faults = new Faults();
    private @Nullable RunningServer running; // guarded by this; stays after closing, for journal and counts
    private @Nullable Checkpoint configured; // guarded by this; what it does from the first start on
    private boolean closed; // guarded by this

    private UdpServer(Stubs.@Nullable Taker base, @Nullable ScriptSource script) {
        this.stubs = new Stubs(base);
        this.script = script;
    }

    /** {@return a server that answers by stubs and from the queue only} */
    public static UdpServer create() {
        return new UdpServer(null, null);
    }

    /** {@return a server that sends each packet back} */
    public static UdpServer echo() {
        return new UdpServer(new Stubs.Taker("echo", packet -> Reply.bytes(packet.bytes())), null);
    }

    /**
     * A server that answers by a function.
     *
     * @param responder the function
     * @return the server
     */
    public static UdpServer answering(Responder responder) {
        return new UdpServer(new Stubs.Taker("the function", Objects.requireNonNull(responder, "responder")), null);
    }

    /**
     * A server that answers texts by a function.
     *
     * @param function computes the answer from the text, both in UTF-8; it must not return null
     * @return the server
     */
    public static UdpServer answeringText(UnaryOperator<String> function) {
        Objects.requireNonNull(function, "function");
        return answering(packet ->
                Reply.text(Objects.requireNonNull(function.apply(packet.text()), "the function returned null")));
    }

    /**
     * A server that a script runs. Needs {@code dev.domin:domin} on the path, and so Java 25. Its address is that of
     * the first server that the script opens; journal and faults are those of all its servers and clients.
     *
     * @param file the script's file, which is read when this starts
     * @return the server
     */
    public static UdpServer script(Path file) {
        return new UdpServer(null, ScriptSource.of(file));
    }

    /**
     * A server that a script runs; see {@link #script(Path)}.
     *
     * @param name the script's name, for messages
     * @param text the script
     * @return the server
     */
    public static UdpServer script(String name, String text) {
        return new UdpServer(null, ScriptSource.of(name, text));
    }

    /**
     * A server that answers what the server of a recording has answered.
     *
     * @param recording the recording
     * @return the server
     */
    public static UdpServer replaying(Recording recording) {
        UdpServer server = create();
        recording.addTo(server.stubs);
        return server;
    }

    /**
     * Binds a port. By default the system chooses a free one.
     *
     * @param number the port, 1 to 65535, or 0
     * @return this server
     */
    public UdpServer port(int number) {
        configure().port = number;
        return this;
    }

    /**
     * Limits how long a packet may take until it is answered. One that takes longer is dropped at that moment, and the
     * next one is handled. By default there is no limit. A script sets its own.
     *
     * @param limit the limit
     * @return this server
     */
    public UdpServer timeout(Duration limit) {
        configure().timeout = limit;
        return this;
    }

    /**
     * Records all packets to a file that Wireshark opens: those that came, before any fault, and those that the server
     * wanted to send, before any fault. What faults did is in the comments: an answer that was corrupted on its way is
     * recorded as the server wrote it.
     *
     * @param file the file, which is created or replaced, in the format pcapng
     * @return this server
     */
    public UdpServer recordTo(Path file) {
        configure().recording = file;
        return this;
    }

    /**
     * Makes unmatched packets a failure; see {@link #throwIfFailed}.
     *
     * @return this server
     */
    public UdpServer strict() {
        configure().strict = true;
        return this;
    }

    /**
     * Limits the journal.
     *
     * @param packets how many packets it keeps, 10,000 by default; 0 turns it off
     * @param bytes how many bytes it keeps, 64 MiB by default
     * @return this server
     */
    public UdpServer keep(int packets, long bytes) {
        configure().limits = new JournalLimits(packets, bytes);
        return this;
    }

    /**
     * Sets the arguments of a script.
     *
     * @param arguments what {@code os.Arg} returns
     * @return this server
     */
    public UdpServer arguments(String... arguments) {
        configure().arguments = List.of(arguments);
        return this;
    }

    /**
     * Opens the port and starts to answer. After {@link #close} it starts again, with another port unless one is set, a
     * new journal, and the stubs, queue, states and faults that it had at the first start.
     *
     * @return this server
     * @throws UncheckedIOException if the port is taken, or the system has no socket left
     * @throws IllegalArgumentException if a script is refused; the message is the whole report
     * @throws IllegalStateException if it is running, or a script ended or failed before it opened a server
     */
    public synchronized UdpServer start() {
        if (running == null) {
            configured = checkpoint();
        } else if (closed && configured != null) {
            configured.restoreBehavior();
        } else {
            throw new IllegalStateException("the server is started already; it starts again after close()");
        }
        try {
            running = script == null ? RunningServer.of(options, stubs, faults) : script.start(options, faults);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        closed = false;
        RunningServers.add(this);
        return this;
    }

    /** {@return whether it was started and not closed} */
    public synchronized boolean isRunning() {
        return running != null && running.isOpen();
    }

    /** {@return its address, for clients; also after closing} */
    public InetSocketAddress address() {
        return running().address();
    }

    /** {@return its port; also after closing} */
    public int port() {
        return address().getPort();
    }

    /** {@return the counts of the engine; final after closing} */
    public UdpStats stats() {
        return running().stats();
    }

    /** {@return its endpoints: one, or those that its script has opened so far} */
    public List<TappedEndpoint> endpoints() {
        return running().endpoints();
    }

    /**
     * Begins a stub for the packets that match. It takes packets once its answer is chosen; {@link #throwIfFailed}
     * reports one without an answer.
     *
     * @param match the match
     * @return the stub
     * @throws IllegalStateException if a script answers
     */
    public Stubbing when(Match match) {
        Stubbing stubbing = new Stubbing(stubs(), match);
        stubs.begin(stubbing);
        return stubbing;
    }

    /**
     * Adds replies to the queue, one for each packet that no stub takes.
     *
     * @param replies the replies
     * @return this server
     * @throws IllegalStateException if a script answers
     */
    public UdpServer enqueue(Reply... replies) {
        stubs().enqueue(List.of(replies));
        return this;
    }

    /**
     * Sends datagrams from the server's port, not as an answer. What cannot be sent is no exception, but in the
     * journal: once the server is closed with the fate {@link Fate#CLOSED}, and if the system refuses it with
     * {@link Fate#REFUSED}.
     *
     * @param reply the datagrams
     * @param to a client on loopback
     * @throws IllegalArgumentException if the reply is a failure, or the address not a port on loopback
     */
    public void send(Reply reply, InetSocketAddress to) {
        running().send(reply, to);
    }

    /** {@return the state of the scenario that stubs share} */
    public String state() {
        return stubs.state("");
    }

    /**
     * Returns the state of a scenario.
     *
     * @param scenario its name
     * @return the state, {@code started} at the beginning
     */
    public String state(String scenario) {
        return stubs.state(scenario);
    }

    /**
     * Puts the scenario that stubs share into a state.
     *
     * @param state the state
     * @return this server
     */
    public UdpServer enterState(String state) {
        return enterState("", state);
    }

    /**
     * Puts a scenario into a state.
     *
     * @param scenario its name
     * @param state the state
     * @return this server
     */
    public UdpServer enterState(String scenario, String state) {
        stubs().enter(scenario, state);
        return this;
    }

    /**
     * Removes all stubs and all queued replies, so that others can take their place.
     *
     * @return this server
     */
    public UdpServer removeStubs() {
        stubs().clear();
        return this;
    }

    /** {@return the faults, to which rules may be added at any time} */
    public Faults faults() {
        return faults;
    }

    /** {@return the journal; complete after closing} */
    public Journal journal() {
        return running().journal();
    }

    /**
     * Does what {@link Journal#take} does.
     *
     * @return the packet
     */
    public Packet take(Duration within) {
        return journal().take(within);
    }

    /**
     * Does what {@link Journal#await} does.
     *
     * @return the packets
     */
    public List<Packet> await(int count, Match match, Duration within) {
        return journal().await(count, match, within);
    }

    /** Does what {@link Journal#never} does. */
    public void never(Match match, Duration during) {
        journal().never(match, during);
    }

    /** Does what {@link Journal#verify} does. */
    public void verify(int times, Match match) {
        journal().verify(times, match);
    }

    /** Does what {@link Journal#verifyNoMore} does. */
    public void verifyNoMore() {
        journal().verifyNoMore();
    }

    /** {@return what has failed so far: exceptions of functions, errors of the socket, reports of a script's errors} */
    public List<String> failures() {
        return running().failures();
    }

    /**
     * Checks that nothing has failed, that each stub has an answer, and, if this is strict, that each packet was taken.
     *
     * @throws AssertionError with everything that has failed, and the journal
     */
    public void throwIfFailed() {
        Packet unexpected = options.strict ? running().search().firstUnmatched() : null;
        if (unexpected != null && stubs.unfinished().isEmpty()) {
            throw running().report().unexpected(running().search().unmatched(), unexpected);
        }
        Optional<String> problem = problem();
        if (problem.isPresent()) {
            throw running().report().failure(problem.get(), null);
        }
    }

    /**
     * Returns what {@link #throwIfFailed} throws, without the journal. For frameworks that show the journal themselves.
     *
     * @return the message; empty if nothing has failed
     */
    public Optional<String> problem() {
        List<Match> unfinished = stubs.unfinished();
        if (!unfinished.isEmpty()) {
            return Optional.of(
                    "the stub for " + unfinished.get(0) + " has no answer: end it with reply, inTurn, silence or fail");
        }
        Packet first = options.strict ? running().search().firstUnmatched() : null;
        if (first != null) {
            long unmatched = running().search().unmatched();
            return Optional.of(running().report().headline(unmatched, first));
        }
        List<String> failures = failures();
        return failures.isEmpty() ? Optional.empty() : Optional.of("the server has failed: " + failures.get(0));
    }

    /**
     * Waits until everything that was sent to the server before this call has arrived, and its fate is decided, except
     * what faults delay. For frameworks that check the server at the end of a test.
     *
     * @param within how long to wait
     * @return whether that is so; false once the time is over, or after an interrupt
     */
    public boolean settle(Duration within) {
        return running().settle(within);
    }

    /** {@return stubs, queue, states and faults as they are now, to be restored later} */
    public Checkpoint checkpoint() {
        return new Checkpoint(
                this, stubs.save(), faults.requests().rules(), faults.replies().rules(), faults.seed());
    }

    /**
     * Closes the port, ends the recording, and waits until no function runs any more. Closing again does nothing.
     * {@link #start} starts it again.
     *
     * @throws UncheckedIOException if the recording could not be written
     */
    @Override
    public void close() {
        RunningServer server;
        synchronized (this) {
            server = running;
        }
        if (server != null) {
            RunningServers.remove(this);
            try {
                server.close();
            } finally {
                closed(server);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private synchronized void closed(RunningServer server) {
        if (server == running) { // otherwise another thread has closed it, and it is started again
            closed = true;
        }
    }

    /**
     * Returns the servers that a thread has started and nobody has closed yet. For frameworks that look for servers
     * that a test has left open.
     *
     * @param thread the thread
     * @return its servers
     */
    public static List<UdpServer> startedBy(Thread thread) {
        return RunningServers.of(thread);
    }

    Stubs rawStubs() {
        return stubs;
    }

    void forgetPast() {
        running().forgetPast();
    }

    private Stubs stubs() {
        if (script != null) {
            throw new IllegalStateException("a script answers the packets of this server; stubs work with"
                    + " UdpServer.create(), echo() and answering(...)");
        }
        return stubs;
    }

    private ServerOptions configure() {
        synchronized (this) {
            if (running != null) {
                throw new IllegalStateException("the server is started already; options are set before start()");
            }
            return options;
        }
    }

    private synchronized RunningServer running() {
        if (running == null) {
            throw new IllegalStateException("the server is not started: call start(), or annotate it with @StartUdp");
        }
        return running;
    }
}
