package dev.domin.testkit;

import java.util.List;

/** Where a failure message finds what the journal does not have. */
interface ReportSources {

    /** {@return the injected faults in words; empty if there are none} */
    String faults();

    /** {@return the errors of the server so far, in words} */
    List<String> errors();

    /** {@return why no stub took a packet, in words; empty if there are no stubs} */
    String explain(Miss miss);

    /** {@return whether there were servers, and all of them are closed} */
    boolean isClosed();
}
