package dev.domin.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.runtime.RunOptions;
import dev.domin.runtime.ScriptFailedException;
import dev.domin.spi.descriptor.ParameterDeclaration;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call of a plugin's function with large arguments ends soon after the run was cancelled. */
@Tag("timing")
@Timeout(300)
class LongCallsTest {

    /** So long that work that is not linear takes minutes. */
    private static final int LENGTH = 4 << 20;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @Test
    void shouldEndWhenTheRunIsCancelled() {
        var calls = new PluginCalls();
        char[] letters = new char[LENGTH];
        Arrays.fill(letters, 'a');
        String text = new String(letters);
        byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, (byte) 'a');
        try (var timer = Executors.newSingleThreadScheduledExecutor()) {
            for (var wrapper : calls.all()) {
                if (wrapper.parameters().stream().noneMatch(LongCallsTest::canBeLong)
                        || wrapper.shown().startsWith("fileio.")
                        || wrapper.shown().startsWith("log.SetSink")) {
                    continue;
                }
                var options = RunOptions.builder()
                        .withoutMain()
                        .in(new ByteArrayInputStream(new byte[0]))
                        .out(OutputStream.nullOutputStream())
                        .err(OutputStream.nullOutputStream())
                        .build();
                try (var run = calls.script().start(options)) {
                    run.call("Begin");
                    var arguments = wrapper.parameters().stream()
                            .map(each -> argument(each, text, bytes))
                            .toArray();
                    var cancelled = new AtomicBoolean(); // the task is done only after the call can have ended
                    var cancel = timer.schedule(
                            () -> {
                                cancelled.set(true);
                                run.cancel();
                            },
                            100,
                            TimeUnit.MILLISECONDS);
                    long begin = System.nanoTime();
                    try {
                        run.call(wrapper.name(), arguments);
                    } catch (ScriptFailedException e) {
                        assertThat(e.getMessage()).doesNotContain(" failed: ", "Exception");
                    } catch (CancellationException e) {
                        assertThat(cancelled).as(e.getMessage()).isTrue();
                    } catch (IllegalStateException e) { // cancelled before the call began, on a busy machine
                        assertThat(cancelled).as(e.getMessage()).isTrue();
                    }
                    cancel.cancel(false);
                    assertThat(System.nanoTime() - begin).as(wrapper.shown()).isLessThan(PATIENCE_NANOS);
                }
            }
        }
    }

    private static boolean canBeLong(ParameterDeclaration parameter) {
        return switch (parameter.kind()) {
            case STRING, BLOB, STRING_REF -> true;
            default -> false;
        };
    }

    private static Object argument(ParameterDeclaration parameter, String text, byte[] bytes) {
        return switch (parameter.kind()) {
            case INT, LONG -> parameter.name().equals("count") ? 1_000L : 1L;
            case DOUBLE -> 1.5;
            case STRING -> needle(parameter) ? text.substring(0, LENGTH / 2) + "b" : text;
            case BLOB -> {
                byte[] content = needle(parameter) ? Arrays.copyOf(bytes, LENGTH / 2) : bytes;
                yield parameter.byRef() ? new byte[][] {content} : content;
            }
            case INT_REF -> new int[] {0};
            case LONG_REF -> new long[] {0};
            case DOUBLE_REF -> new double[] {0};
            case STRING_REF -> new String[] {text};
            case VARIADIC, VOID -> throw new IllegalArgumentException(parameter.name());
        };
    }

    /** {@return whether it is searched for: half of the text, so that a quadratic search takes minutes} */
    private static boolean needle(ParameterDeclaration parameter) {
        return switch (parameter.name()) {
            case "needle", "old", "separator", "suffix", "prefix" -> true;
            default -> false;
        };
    }
}
