package dev.domin.testkit.capture;

import java.io.IOException;

/**
 * A file is not a capture that can be read: it has another format, or it is damaged. The message has the file, the
 * position in it, what was expected, what was found, and what can be done.
 */
public final class CaptureFormatException extends IOException {

    private static final long serialVersionUID = 1;

    CaptureFormatException(String message) {
        super(message);
    }
}
