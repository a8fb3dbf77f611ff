package dev.domin.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a {@link UdpServer}. */
final class ServerOptions {

    int port;

    @Nullable
    Duration timeout; // null: none

    @Nullable
    Path recording; // null: none

    boolean strict;
    JournalLimits limits = JournalLimits.DEFAULTS;
    List<String> arguments = List.of();

    UdpTap.Builder tap(Faults faults) {
        UdpTap.Builder builder = UdpTap.builder().faults(faults).keep(limits.packets(), limits.bytes());
        return recording == null ? builder : builder.recordTo(recording);
    }
}
