package dev.domin.inspector.http;

/** A request cannot be answered; the message is for the person at the page. */
public final class RequestException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * Creates an exception.
     *
     * @param status the status, from 400 on
     * @param message a sentence with the way out
     */
    public RequestException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /**
     * Creates an exception for a request that is wrong.
     *
     * @param message a sentence with the way out
     * @return the exception
     */
    public static RequestException bad(String message) {
        return new RequestException(400, message);
    }

    /** {@return the status} */
    int status() {
        return status;
    }
}
