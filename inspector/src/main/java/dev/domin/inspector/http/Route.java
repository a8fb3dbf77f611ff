package dev.domin.inspector.http;

import java.io.IOException;

/** Answers the requests for one path. */
@FunctionalInterface
public interface Route {

    /**
     * Answers a request.
     *
     * @param request the request
     * @throws RequestException if it is wrong
     * @throws IOException if the other side has gone
     */
    void answer(Request request) throws RequestException, IOException;
}
