package dev.domin.udp;

import java.time.Duration;
import java.util.function.Consumer;

/** Options that differ from others in one value. */
final class Options {

    private Options() {}

    /** {@return the options with a timeout; -1 is none} */
    static UdpOptions timeout(UdpOptions options, int millis) {
        UdpOptions.Builder builder = options.toBuilder();
        return (millis < 0 ? builder.noTimeout() : builder.timeout(Duration.ofMillis(millis))).build();
    }

    static UdpOptions onError(UdpOptions options, Consumer<Throwable> listener) {
        return options.toBuilder().onError(listener).build();
    }

    static UdpOptions batching(UdpOptions options, Batching batching) {
        return options.toBuilder().batching(batching).build();
    }

    static UdpOptions polling(UdpOptions options, int micros) {
        return options.toBuilder().polling(Duration.ofNanos(micros * 1000L)).build();
    }

    static UdpOptions threadName(UdpOptions options, String name) {
        return options.toBuilder().threadName(name).build();
    }

    static UdpOptions closeGrace(UdpOptions options, int millis) {
        return options.toBuilder().closeGrace(Duration.ofMillis(millis)).build();
    }

    static UdpOptions port(UdpOptions options, int port) {
        return options.toBuilder().port(port).build();
    }
}
