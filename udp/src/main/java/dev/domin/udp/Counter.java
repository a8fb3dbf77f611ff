package dev.domin.udp;

/**
 * What an endpoint counts. No counter ever goes back. At any moment {@code received = handled + dropped + in flight};
 * see {@link UdpEndpoint#inFlight}.
 */
public enum Counter {
    /** Datagrams taken from the socket. */
    RECEIVED("received"),
    /** Datagrams whose handler returned in time; grows before the reply leaves. */
    HANDLED("handled"),
    /** Datagrams given up: late, no buffer free, the handler failed, or still waiting when the endpoint closed. */
    DROPPED("dropped"),
    /** Datagrams that the socket took for sending, replies and others. */
    SENT("sent");

    private final String label;

    Counter(String label) {
        this.label = label;
    }

    /** {@return the name to print, in lower case} */
    public String label() {
        return label;
    }
}
