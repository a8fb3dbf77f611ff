package dev.domin.cli.inspect;

import dev.domin.inspector.script.OutputLine;
import dev.domin.inspector.script.Problem;
import dev.domin.inspector.script.Reload;
import dev.domin.inspector.script.ScriptView;
import dev.domin.inspector.script.SourceText;
import dev.domin.inspector.script.StructView;
import dev.domin.lang.PacketStruct;
import dev.domin.lang.PacketStructs;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Failure;
import dev.domin.runtime.ScriptRun;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.ScriptServer;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The script of a run, or the versions of a script that is watched. Safe for use by several threads. */
final class InspectedScript implements ScriptView {

    /** Port, length of the host and host, which a callback sees before the payload: 127.0.0.1 has nine characters. */
    private static final int HEADER = 4 + 4 + 9;

    private static final int MAX_FAILURES = 500;

    private final OutputRing output;
    private final Map<String, Failure> failures = new LinkedHashMap<>(); // by reason; guarded by this, as the rest
    private SourceFile source = new SourceFile("", "");
    private List<Problem> errors = List.of(); // of the version that was refused last
    private List<PacketStruct> structs = List.of();
    private @Nullable ScriptRun run;
    private Reload reload = Reload.NONE;

    InspectedScript(OutputRing output) {
        this.output = output;
    }

    /** Called when a version runs. */
    synchronized void started(SourceFile started, ScriptRun running) {
        source = started;
        run = running;
        errors = List.of();
        structs = PacketStructs.of(started);
    }

    /** Called when a version is about to run: what has failed before says nothing of it. */
    synchronized void forgetFailures() {
        failures.clear();
    }

    /** Called when a version that was saved runs, or was refused. */
    synchronized void reloaded(int number, @Nullable RefusedException refused) {
        if (refused != null) {
            errors = Problems.of(refused.diagnostics());
            if (!refused.diagnostics().isEmpty()) {
                source = refused.diagnostics().getFirst().source();
            }
        }
        var now = Instant.now();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        reload = new Reload(true, number, micros, refused == null, errors);
    }

    /** Records a failure; {@return the reason by which it is found again} */
    synchronized String failed(Failure failure) {
        var place = failure.source().position(failure.span().start());
        String reason = failure.source().name() + ":" + place.line() + ":" + place.column() + ": " + failure.message();
        if (failures.size() < MAX_FAILURES) {
            failures.putIfAbsent(reason, failure);
        }
        return reason;
    }

    @Override
    public synchronized SourceText source() {
        var problems = new ArrayList<>(errors);
        failures.values().stream()
                .filter(each -> each.source().text().equals(source.text()))
                .forEach(each -> problems.add(Problems.of(each)));
        return new SourceText(source.name(), source.text(), problems);
    }

    @Override
    public List<OutputLine> output(long after) {
        return output.read(after);
    }

    @Override
    public long nextOutput() {
        return output.next();
    }

    @Override
    public synchronized Reload reload() {
        return reload;
    }

    @Override
    public Optional<String> info(InetSocketAddress server) {
        ScriptRun running;
        synchronized (this) {
            running = run;
        }
        return running == null
                ? Optional.empty()
                : running.openResources().stream()
                        .filter(each -> each instanceof ScriptServer open
                                && open.address().equals(server))
                        .map(ScriptResource::info)
                        .findFirst();
    }

    @Override
    public synchronized Optional<StructView> struct(String callback) {
        return structs.stream()
                .filter(each -> each.callback().equals(callback))
                .map(InspectedScript::view)
                .findFirst();
    }

    private static StructView view(PacketStruct struct) {
        var fields = struct.fields().stream()
                .map(each ->
                        new StructView.Field(each.name(), each.type(), each.isBigEndian(), each.offset(), each.size()))
                .toList();
        return new StructView(struct.name(), struct.variable(), struct.ofPayload() ? 0 : -HEADER, fields);
    }

    @Override
    public synchronized Optional<Problem> failure(String reason) {
        return Optional.ofNullable(failures.get(reason)).map(Problems::of);
    }
}
