package dev.domin.udp.transport;

import java.io.IOException;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the installed implementation of batches. Not used at start-up, since it takes long. */
final class InstalledBatches {

    private InstalledBatches() {}

    /**
     * {@return the installed implementation of batches}
     *
     * @throws IOException if there is none, or it needs a later Java; the message says so
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
