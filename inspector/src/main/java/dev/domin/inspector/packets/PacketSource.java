package dev.domin.inspector.packets;

import dev.domin.testkit.Faults;
import dev.domin.testkit.Journal;
import dev.domin.testkit.TappedEndpoint;
import java.util.List;

/** What is inspected. Methods may be called from any thread. */
public interface PacketSource {

    /** {@return the journal, which is another one when a server of the test kit was started again} */
    Journal journal();

    /** {@return the faults} */
    Faults faults();

    /** {@return the endpoints} */
    List<TappedEndpoint> endpoints();
}
