package dev.domin.plugins.asyncmeta;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AsyncMetaPluginTest {

    @Test
    void shouldNameTheKnownNumbers() {
        assertThat(AsyncMetaPlugin.routeStateClosed()).isEqualTo(0);
        assertThat(AsyncMetaPlugin.routeStateOpen()).isEqualTo(1);
        assertThat(AsyncMetaPlugin.phaseQueued()).isEqualTo(0);
        assertThat(AsyncMetaPlugin.phaseRunning()).isEqualTo(1);
        assertThat(AsyncMetaPlugin.phaseCompleted()).isEqualTo(2);
        assertThat(AsyncMetaPlugin.profileRouteControl()).isEqualTo(2442);
        assertThat(AsyncMetaPlugin.profileBlobJob()).isEqualTo(3701);
        assertThat(AsyncMetaPlugin.profileRouteService()).isEqualTo(4095);
    }

    @Test
    void shouldFindTheKnownBitInEveryProfile() {
        int known = AsyncMetaPlugin.capabilityKnown();
        assertThat(AsyncMetaPlugin.profileRouteControl() & AsyncMetaPlugin.profileBlobJob())
                .isEqualTo(known);
        assertThat(AsyncMetaPlugin.profileRouteControl() | AsyncMetaPlugin.profileBlobJob())
                .isEqualTo(AsyncMetaPlugin.profileRouteService());
    }

    @Test
    void shouldReturnWhetherJobsCanBeInspected() {
        assertThat(AsyncMetaPlugin.supportsJobInspect(3701)).isEqualTo(1);
        assertThat(AsyncMetaPlugin.supportsJobInspect(4095)).isEqualTo(1);
        assertThat(AsyncMetaPlugin.supportsJobInspect(2442)).isEqualTo(0);
        assertThat(AsyncMetaPlugin.supportsJobInspect(2165)).isEqualTo(1);
        for (int bit = 1; bit <= 2048; bit <<= 1) {
            int without = 2165 & ~bit;
            assertThat(AsyncMetaPlugin.supportsJobInspect(without)).isEqualTo(without == 2165 ? 1 : 0);
        }
        assertThat(AsyncMetaPlugin.supportsJobInspect(0)).isEqualTo(0);
    }

    @Test
    void shouldReturnWhatAMaskSupports() {
        assertThat(AsyncMetaPlugin.supportsRouteControl(2442)).isEqualTo(1);
        assertThat(AsyncMetaPlugin.supportsRouteControl(3701)).isEqualTo(0);
        assertThat(AsyncMetaPlugin.supportsRouteControl(4095)).isEqualTo(1);
        assertThat(AsyncMetaPlugin.supportsBlobJob(3701)).isEqualTo(1);
        assertThat(AsyncMetaPlugin.supportsBlobJob(2442)).isEqualTo(0);
        assertThat(AsyncMetaPlugin.supportsRouteService(4095)).isEqualTo(1);
        assertThat(AsyncMetaPlugin.supportsRouteService(4094)).isEqualTo(0);
        assertThat(AsyncMetaPlugin.supportsRouteService(-1)).isEqualTo(1);
    }
}
