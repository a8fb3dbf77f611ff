package org.example.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Failure;
import dev.domin.runtime.Plugins;
import dev.domin.runtime.RunListener;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class NtpPluginTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    @Test
    void shouldMakeAReplyOfARequest() throws InterruptedException {
        run("""
                blob $packet[0];
                $packet = ntp.Request();
                printf("%d %d\\n", ntp.IsRequest($packet), ntp.Version($packet));
                ntp.Reply($packet, ntp.Now(), 2, "GPS");
                printf("%d %d %d\\n", ntp.IsRequest($packet), ntp.Mode($packet), ntp.Stratum($packet));
                """);
        assertEquals("1 4\n0 4 2\n", out.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldTellTheTimeForPeopleAndPrograms() throws InterruptedException {
        run("""
                i64 $seconds = 0; i32 $millis = 0;
                ntp.Split(2208988800 << 32 | 0x80000000, $seconds, $millis);
                printf("%d %d %s\\n", $seconds, $millis, ntp.Text(2208988800 << 32 | 0x80000000));
                printf("%.2f %.2f\\n", ntp.Median(3, 0.5, 1), ntp.Median(1, 2));
                """);
        assertEquals("0 500 1970-01-01T00:00:00.500Z\n1.00 1.50\n", out.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldSayWhatIsWrongWithAPacket() throws InterruptedException {
        run("blob $short[47]; printf(\"%d\\n\", ntp.Mode($short));");
        assertEquals(List.of("ntp.Mode: an NTP packet has at least 48 bytes, this one has 47"), errors);
    }

    @Test
    void shouldAskAServerOfTheSameScript() throws InterruptedException {
        run("""
                plugin "../plugins/callback_udp_server/CallbackUdpServerPlugin";
                struct UdpPacket packet { u32 port; u32 hostLen; }
                callback i32 OnPacket(ref blob $X) {
                    blob $P[0];
                    $X assign UdpPacket;
                    $P = $X[8 + $X.hostLen:];
                    ntp.Reply($P, ntp.Now());
                    $X = $P;
                    return(1);
                }
                double $offset;
                $offset = ntp.Query((i32) callbackudpserver.Port(callbackudpserver.Open("OnPacket", -1)), 30000);
                printf("%d\\n", $offset > -30.0 && $offset < 30.0);
                """);
        assertEquals(List.of(), errors);
        assertEquals("1\n", out.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldCallTheScriptAtTheStartOfASecond() throws InterruptedException {
        run("""
                plugin "../plugins/timer/TimerPlugin";
                plugin "../plugins/map/MapPlugin";
                callback i32 OnSecond(ref blob $X) { map.PutInt("seen", "length", $X.Length); return(0); }
                map.Create("seen", 1);
                ntp.EverySecond("OnSecond");
                while (!map.HasKey("seen", "length")) timer.SleepMs(10);
                printf("%d\\n", map.GetInt("seen", "length"));
                """);
        assertEquals(List.of(), errors);
        assertEquals("8\n", out.toString(StandardCharsets.US_ASCII));
    }

    private void run(String statements) throws InterruptedException {
        var source = new SourceFile(
                "test.dom", "plugin \"../plugins/print/PrintPlugin\";\nplugin \"NtpPlugin\";\n" + statements);
        var listener = new RunListener() {
            @Override
            public void failed(Failure failure) {
                errors.add(failure.message());
            }

            @Override
            public void failedAgain(Failure failure, int count) {}

            @Override
            public void warned(String sentence) {}
        };
        var options = RunOptions.builder().out(out).listener(listener).build();
        try (var run = Script.compile(source, Plugins.installed()).start(options)) {
            run.await();
        }
    }
}
