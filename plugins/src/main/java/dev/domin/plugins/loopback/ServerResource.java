package dev.domin.plugins.loopback;

import dev.domin.spi.ScriptServer;
import java.net.InetSocketAddress;
import java.util.function.Function;

/** An endpoint that replies, as the run sees it. */
final class ServerResource extends CallbackEndpoint.Resource implements ScriptServer {

    ServerResource(CallbackEndpoint owner, Function<CallbackEndpoint, String> line) {
        super(owner, line);
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", owner.port());
    }

    @Override
    public String callbackName() {
        return owner.callbackName();
    }

    @Override
    public boolean isOpen() {
        return owner.isOpen();
    }

    @Override
    public long handled() {
        return owner.handled();
    }

    @Override
    public long dropped() {
        return owner.dropped();
    }

    @Override
    public String toString() {
        return owner.callbackName() + " on 127.0.0.1:" + owner.port() + (owner.isOpen() ? ", open" : ", closed");
    }
}
