package org.example.ntp;

import dev.domin.spi.Blob;
import dev.domin.spi.IntRef;
import dev.domin.spi.LongRef;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** Reads and writes the packets of NTP (RFC 5905). */
@ScriptPlugin(
        namespace = "ntp",
        library = "NtpPlugin",
        doc =
                "Reads and writes the packets of the Network Time Protocol. A timestamp is NTP's own, in an i64: its "
                        + "high 32 bits are seconds since 1900, its low 32 bits the fraction of a second.")
public final class NtpPlugin implements Plugin {

    static final int PACKET_LENGTH = 48;

    private static final int STRATUM = 1;
    private static final int PRECISION = 3;
    private static final int ROOT_DELAY = 4;
    private static final int REFERENCE_ID = 12;
    private static final int REFERENCE_TIME = 16;
    private static final int ORIGIN_TIME = 24;
    static final int RECEIVE_TIME = 32;
    private static final int TRANSMIT_TIME = 40;

    private static final int CLIENT = 3;
    static final int SERVER = 4;

    /** From the start of 1900 to that of 1970. */
    private static final long SECONDS_BEFORE_1970 = 2_208_988_800L;

    private ScriptContext context;

    /** Creates the plugin for one run of a script. */
    public NtpPlugin() {}

    @Override
    public void start(ScriptContext runContext) {
        context = runContext;
    }

    @ScriptFunction(
            name = "Now",
            doc = "Returns the time of the system's clock.",
            returns = "An NTP timestamp.",
            example = "printf(\"%d\\n\", ntp.Now() != 0);",
            output = "1")
    public static long now() {
        var now = Instant.now();
        return now.getEpochSecond() + SECONDS_BEFORE_1970 << 32 | ((long) now.getNano() << 32) / 1_000_000_000;
    }

    @ScriptFunction(
            name = "IsRequest",
            doc = "Returns whether a packet is a request. It accepts any bytes from the network.",
            returns = "1 if it is a client's request of NTP version 1 to 4, else 0.")
    public static int isRequest(@Param(value = "packet", doc = "The payload of a datagram.") Blob packet) {
        if (packet.length() < PACKET_LENGTH) {
            return 0;
        }
        int version = packet.get(0) >> 3 & 7;
        return (packet.get(0) & 7) == CLIENT && version >= 1 && version <= 4 ? 1 : 0;
    }

    @ScriptFunction(
            name = "Mode",
            doc = "Returns a packet's mode.",
            returns = "3 for a client's request, 4 for a server's reply, or another of 0 to 7.",
            errors = "A packet of less than 48 bytes stops the script.")
    public static int mode(@Param(value = "packet", doc = "An NTP packet.") Blob packet) {
        return require(packet).get(0) & 7;
    }

    @ScriptFunction(
            name = "Version",
            doc = "Returns a packet's version.",
            returns = "0 to 7; the current version is 4.",
            errors = "A packet of less than 48 bytes stops the script.")
    public static int version(@Param(value = "packet", doc = "An NTP packet.") Blob packet) {
        return require(packet).get(0) >> 3 & 7;
    }

    @ScriptFunction(
            name = "Stratum",
            doc = "Returns the distance of a packet's sender from a reference clock.",
            returns = "1 for a server with its own reference clock, up to 15; 0 is unspecified.",
            errors = "A packet of less than 48 bytes stops the script.")
    public static int stratum(@Param(value = "packet", doc = "An NTP packet.") Blob packet) {
        return require(packet).get(STRATUM);
    }

    @ScriptFunction(
            name = "TransmitTime",
            doc = "Returns the time at which a packet was sent.",
            returns = "An NTP timestamp.",
            errors = "A packet of less than 48 bytes stops the script.")
    public static long transmitTime(@Param(value = "packet", doc = "An NTP packet.") Blob packet) {
        return view(require(packet)).getLong(TRANSMIT_TIME);
    }

    @ScriptFunction(
            name = "Request",
            doc = "Creates a client's request.",
            returns = "A packet of NTP version 4.",
            example = "printf(\"%d\\n\", ntp.IsRequest(ntp.Request()));",
            output = "1")
    public static Blob request() {
        var request = new Blob(PACKET_LENGTH);
        request.set(0, 4 << 3 | CLIENT);
        view(request).putLong(TRANSMIT_TIME, now());
        return request;
    }

    @ScriptFunction(
            name = "Reply",
            doc = "Turns a request into the reply of a server.",
            errors =
                    "A packet that is not a request, a stratum outside 1 to 15 or a reference of more than 4 bytes "
                            + "stops the script.",
            example = """
                    blob $packet[0];
                    $packet = ntp.Request();
                    ntp.Reply($packet, ntp.Now());
                    printf("%d %d\\n", ntp.Mode($packet), ntp.Stratum($packet));""",
            output = "4 1")
    public static void reply(
            @Param(value = "packet", doc = "The request, which is replaced by the reply.", byRef = true) Blob packet,
            @Param(
                            value = "receivedAt",
                            doc = "When the request came, as an NTP timestamp.",
                            help = "call ntp.Now() when it arrives")
                    long receivedAt,
            @Param(value = "stratum", doc = "The distance of the server from a reference clock, 1 to 15.", defaultValue = "1")
                    int stratum,
            @Param(value = "reference", doc = "The clock's name, at most 4 bytes.", defaultValue = "\"LOCL\"")
                    String reference) {
        if (isRequest(packet) == 0) {
            throw new ScriptError("the packet is not an NTP request", "test it with ntp.IsRequest first");
        }
        if (stratum < 1 || stratum > 15) {
            throw new ScriptError("stratum is " + stratum + ", but must be 1 to 15");
        }
        if (reference.length() > 4) {
            throw new ScriptError("reference has " + reference.length() + " bytes, but must have at most 4");
        }
        int version = packet.get(0) >> 3 & 7;
        var reply = new Blob(PACKET_LENGTH);
        reply.set(0, version << 3 | SERVER);
        reply.set(STRATUM, stratum);
        reply.set(2, packet.get(2)); // the client's polling interval
        reply.set(PRECISION, -20); // 2 to the power of -20 seconds, a microsecond
        for (int i = 0; i < reference.length(); i++) {
            reply.set(REFERENCE_ID + i, reference.charAt(i));
        }
        var bytes = view(reply);
        bytes.putInt(ROOT_DELAY, 0);
        bytes.putLong(REFERENCE_TIME, receivedAt);
        bytes.putLong(ORIGIN_TIME, view(packet).getLong(TRANSMIT_TIME));
        bytes.putLong(RECEIVE_TIME, receivedAt);
        bytes.putLong(TRANSMIT_TIME, now());
        packet.assign(reply);
    }

    @ScriptFunction(name = "Split", doc = "Splits a timestamp.", example = """
                    i64 $seconds = 0;
                    i32 $millis = 0;
                    ntp.Split(2208988800 << 32 | 0x80000000, $seconds, $millis);
                    printf("%d %d\\n", $seconds, $millis);""", output = "0 500")
    public static void split(
            @Param(value = "timestamp", doc = "An NTP timestamp, of a time before February of 2036.") long timestamp,
            @Param(value = "seconds", doc = "Receives the seconds since 1970, UTC.") LongRef seconds,
            @Param(value = "millis", doc = "Receives the milliseconds of the second.") IntRef millis) {
        seconds.value = (timestamp >>> 32) - SECONDS_BEFORE_1970;
        millis.value = (int) ((timestamp & 0xFFFFFFFFL) * 1000 >>> 32);
    }

    @ScriptFunction(
            name = "Text",
            doc = "Formats a timestamp as text.",
            returns = "Date and time in UTC, such as 1970-01-01T00:00:00.500Z.",
            example = "printf(\"%s\\n\", ntp.Text(2208988800 << 32 | 0x80000000));",
            output = "1970-01-01T00:00:00.500Z")
    public static String text(
            @Param(value = "timestamp", doc = "An NTP timestamp, of a time before February of 2036.") long timestamp) {
        var seconds = new LongRef();
        var millis = new IntRef();
        split(timestamp, seconds, millis);
        return Instant.ofEpochSecond(seconds.value, millis.value * 1_000_000L)
                .toString(); // ASCII, so it needs no ByteStrings.fromText
    }

    @ScriptFunction(
            name = "Median",
            doc = "Returns the median of numbers, which a few wrong clocks among many do not change.",
            returns = "The median; for an even count, the mean of the two in the middle.",
            errors = "No argument, or an argument that is not a number, stops the script.",
            example = "printf(\"%.1f\\n\", ntp.Median(0.5, 3, 1.5));",
            output = "1.5")
    public static double median(@Param(value = "numbers", doc = "The numbers.") Object... numbers) {
        if (numbers.length == 0) {
            throw new ScriptError("no number was passed");
        }
        var sorted = new double[numbers.length];
        for (int i = 0; i < sorted.length; i++) {
            if (!(numbers[i] instanceof Number number)) {
                throw new ScriptError("argument " + (i + 1) + " is not a number");
            }
            sorted[i] = number.doubleValue();
        }
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    @ScriptFunction(
            name = "Query",
            doc = "Queries a server on this machine and waits for its reply. The script's callbacks run "
+ "meanwhile.",
            returns = "The number of seconds by which the server's clock is ahead of this machine's.",
            errors =
                    "A port outside 1 to 65535, a timeout below 1, no reply in time, or a reply that is "
+ "not NTP stops the script.")
    public double query(
            @Param(value = "port", doc = "The server's port.") int port,
            @Param(value = "timeoutMs", doc = "How long to wait, in milliseconds.", defaultValue = "1000")
                    int timeoutMs) {
        if (port < 1 || port > 65535) {
            throw new ScriptError("port is " + port + ", but must be 1 to 65535");
        }
        if (timeoutMs < 1) {
            throw new ScriptError("timeoutMs is " + timeoutMs + ", but must be at least 1");
        }
        return context.blocking(() -> NtpClient.ask(port, timeoutMs));
    }

    @ScriptFunction(
            name = "EverySecond",
            doc =
                    "Calls a callback at the start of each second of the system's clock, until the "
+ "script ends. It gets a blob of 8 bytes, the timestamp in network byte order; its "
+ "result is ignored.",
            errors = "A name that is no callback of the script stops it.")
    public void everySecond(
            @Param(
                            value = "callbackName",
                            doc = "The callback's name.",
                            help = "pass it as a string, as in \"OnSecond\"")
                    String callbackName) {
        var ticker = new Ticker(context.callback(callbackName).newCall());
        context.register(ticker);
        ticker.start();
    }

    private static Blob require(Blob packet) {
        if (packet.length() < PACKET_LENGTH) {
            throw new ScriptError("an NTP packet has at least " + PACKET_LENGTH + " bytes, this one has "
                    + packet.length());
        }
        return packet;
    }

    /** A blob's array may be longer than the blob, but never shorter. */
    static ByteBuffer view(Blob packet) {
        return ByteBuffer.wrap(packet.array(), 0, packet.length());
    }
}
