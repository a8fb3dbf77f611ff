package dev.domin.udp.transport;

import java.io.IOException;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds what is installed for batches. Not at start-up: looking takes a while. */
final class InstalledBatches {

    private InstalledBatches() {}

    /**
     * {@return what is installed for batches}
     *
     * @throws IOException if nothing is, or it needs a later Java; the message says so
     */
    static BatchSupport find() throws IOException {
        try {
            Iterator<BatchSupport> found = ServiceLoader.load(
                            BatchSupport.class, InstalledBatches.class.getClassLoader())
                    .iterator();
            if (found.hasNext()) {
                return found.next();
            }
        } catch (ServiceConfigurationError | UnsupportedClassVersionError e) {
            throw new IOException(
                    "batches need Java 22 or later, this is Java "
                            + Runtime.version().feature(),
                    e);
        }
        throw new IOException("the artifact domin-udp-linux is not on the path");
    }
}
