package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SignalHookTest {

    private static final Script SCRIPT = Script.compile("x.dom", "return(3);");

    @Test
    @Timeout(4) // it would wait for five seconds
    @SuppressWarnings("NullAway") // the way to make a start fail
    void shouldNotWaitForARunThatCouldNotStart() throws InterruptedException {
        var hook = SignalHook.register(System.err, () -> {}, null);

        assertThatThrownBy(() -> hook.startRun(SCRIPT, null)).isInstanceOf(NullPointerException.class);

        assertThat(Runtime.getRuntime().removeShutdownHook(hook)).isFalse();
        hook.start(); // as the JVM does at a signal
        hook.join();
    }

    @Test
    void shouldEndARunThatHasStarted() throws InterruptedException {
        var hook = SignalHook.register(System.err, () -> {}, null);
        var script = Script.compile("x.dom", "while (1) {}");
        try (var run = hook.startRun(script, RunOptions.builder().build())) {
            hook.start();
            assertThat(run.await()).isEqualTo(130);
            hook.join();
        }
        assertThat(hook.unregister()).isTrue();
        assertThat(Runtime.getRuntime().removeShutdownHook(hook)).isFalse();
    }
}
