package dev.domin.testkit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stub that is being written: see {@link UdpServer#when}. It works from the moment at which its answer is chosen.
 *
 * <pre>{@code
 * server.when(text("login")).thenState("in").reply("welcome");
 * server.when(text("list")).whenState("in").reply("a b c");
 * }</pre>
 */
public final class Stubbing {

    private final Stubs stubs;
    private final Match match;
    private String scenario = "";
    private @Nullable String state;
    private @Nullable String nextState;
    private int times = Integer.MAX_VALUE;
    private Mask copied = new Mask();

    Stubbing(Stubs stubs, Match match) {
        this.stubs = stubs;
        this.match = Objects.requireNonNull(match, "match");
    }

    Match match() {
        return match;
    }

    /**
     * Names the scenario whose state counts; without it all stubs of the server share one.
     *
     * @param name its name
     * @return this stub
     */
    public Stubbing scenario(String name) {
        scenario = name;
        return this;
    }

    /**
     * Takes packets in one state of the scenario only.
     *
     * @param name the state; a scenario begins in {@code started}
     * @return this stub
     */
    public Stubbing whenState(String name) {
        state = name;
        return this;
    }

    /**
     * Changes the state of the scenario when a packet is taken.
     *
     * @param name the new state
     * @return this stub
     */
    public Stubbing thenState(String name) {
        nextState = name;
        return this;
    }

    /**
     * Limits how many packets are taken; the next stub that matches takes the others.
     *
     * @param count the limit, at least 1
     * @return this stub
     */
    public Stubbing times(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("times takes a number from 1, got " + count);
        }
        times = count;
        return this;
    }

    /**
     * Copies fields of each packet to the same place of its answers, such as an id that a client chooses at random.
     *
     * <pre>{@code
     * dns.when(hex("?? ?? 01 00")).copying(bytes(0, 2)).reply(Reply.hex("0000 8183 ..."));
     * }</pre>
     *
     * @param ranges the fields; what the packet or the answer does not have is left out
     * @return this stub
     */
    public Stubbing copying(ByteRange... ranges) {
        copied = copied.with(ranges);
        return this;
    }

    /**
     * Answers each packet with what a function returns.
     *
     * @param responder the function
     */
    public void reply(Responder responder) {
        Objects.requireNonNull(responder, "responder");
        stubs.add(new Stub(match, scenario, state, nextState, times, copied.apply(responder)), this);
    }

    /**
     * Answers each packet with these datagrams, all of them.
     *
     * @param replies the datagrams
     */
    public void reply(Reply... replies) {
        Reply all = replies.length == 1 ? replies[0] : Reply.several(replies);
        reply(packet -> all);
    }

    /**
     * Answers each packet with a text.
     *
     * @param text the text, sent in UTF-8
     */
    public void reply(String text) {
        reply(Reply.text(text));
    }

    /**
     * Answers each packet with bytes.
     *
     * @param payload the bytes
     */
    public void reply(byte[] payload) {
        reply(Reply.bytes(payload));
    }

    /**
     * Answers the first packet with the first reply, the second with the second, and so on, and all further ones with
     * the last. To answer no further ones, end with {@link Reply#none} or {@link Reply#failure}.
     *
     * @param replies the replies, at least one
     */
    public void inTurn(Reply... replies) {
        reply(new Stub.InTurn(replies));
    }

    /** Takes the packets without an answer. */
    public void silence() {
        reply(Reply.none());
    }

    /**
     * Lets the packets count as failed and dropped.
     *
     * @param message the reason, for the journal
     */
    public void fail(String message) {
        reply(Reply.failure(message));
    }
}
