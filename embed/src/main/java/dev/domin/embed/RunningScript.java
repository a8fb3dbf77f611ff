package dev.domin.embed;

import dev.domin.runtime.Failure;
import dev.domin.runtime.ScriptFailedException;
import dev.domin.runtime.ScriptRun;
import dev.domin.udp.UdpProgram;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A run of a script. */
final class RunningScript implements UdpProgram {

    private final ScriptRun run;
    private final Endpoints endpoints;
    private volatile @Nullable InetSocketAddress first;

    RunningScript(ScriptRun run, Endpoints endpoints) {
        this.run = run;
        this.endpoints = endpoints;
    }

    @Override
    public InetSocketAddress awaitEndpoint(Duration within) throws InterruptedException, TimeoutException {
        var known = first;
        if (known != null) {
            return known;
        }
        try {
            var address = run.awaitServer(within).address();
            first = address;
            return address;
        } catch (ScriptFailedException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (TimeoutException e) {
            if (isRunning()) {
                throw e;
            }
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public List<String> failures() {
        var reports = new ArrayList<String>();
        for (Failure failure : run.failures()) {
            reports.add(failure.render(false));
        }
        return reports;
    }

    @Override
    public int openEndpoints() {
        return endpoints.open();
    }

    @Override
    public boolean isRunning() {
        boolean interrupted = Thread.interrupted(); // or the run would not be asked
        try {
            return !run.await(0, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            interrupted = true;
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        run.close();
    }
}
