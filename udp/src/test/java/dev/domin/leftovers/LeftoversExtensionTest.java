package dev.domin.leftovers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.DatagramSocket;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversExtensionTest {

    @TempDir
    Path folder;

    @Test
    void shouldNameAThreadThatIsLeft() throws Exception {
        LeftoversExtension.State before = LeftoversExtension.State.now();
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "left-behind");
        thread.start();

        assertThat(before.left()).containsExactly("thread left-behind");

        end.countDown();
        thread.join();
        assertThat(before.left()).isEmpty();
    }

    @Test
    void shouldNameSocketsAndFilesThatAreLeft() throws Exception {
        assumeThat(LeftoversExtension.descriptors()).isNotEmpty(); // another system
        LeftoversExtension.State before = LeftoversExtension.State.now();
        Path file = folder.resolve("left.txt");
        try (var channel = DatagramChannel.open();
                var socket = new DatagramSocket();
                var out = Files.newOutputStream(file)) {
            assertThat(before.left())
                    .hasSize(3)
                    .filteredOn(each -> each.contains("socket:"))
                    .hasSize(2);
            assertThat(before.left()).anyMatch(each -> each.endsWith(file.toString()));
            assertThat(channel.isOpen() && !socket.isClosed() && out != null).isTrue();
        }
        assertThat(before.left()).isEmpty();
    }
}
