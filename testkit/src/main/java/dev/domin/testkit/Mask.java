package dev.domin.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The fields of requests and answers that are not compared. Immutable. */
final class Mask {

    private final List<ByteRange> ranges;

    Mask(ByteRange... ranges) {
        this.ranges = List.of(ranges);
    }

    Mask with(ByteRange... more) {
        List<ByteRange> all = new ArrayList<>(ranges);
        all.addAll(List.of(more));
        return new Mask(all.toArray(ByteRange[]::new));
    }

    /** {@return a text that is the same for payloads that are equal but for the fields, and for no others} */
    String key(byte[] payload) {
        byte[] compared = payload;
        if (!ranges.isEmpty()) {
            compared = payload.clone();
            for (int i = 0; i < compared.length; i++) {
                compared[i] = covers(i) ? 0 : compared[i];
            }
        }
        return new String(compared, ISO_8859_1);
    }

    private String pattern(byte[] payload) {
        StringBuilder pattern = new StringBuilder(2 * payload.length);
        for (int i = 0; i < payload.length; i++) {
            pattern.append(covers(i) ? "??" : HexFormat.of().toHexDigits(payload[i]));
        }
        return pattern.toString();
    }

    /** {@return a match for payloads that are equal but for the fields} */
    Match match(byte[] payload) {
        return payload.length == 0 ? Match.length(0) : Match.hexExactly(pattern(payload));
    }

    /** {@return a responder that copies the fields of each packet to the answers of another one} */
    Responder apply(Responder responder) {
        return ranges.isEmpty() ? responder : new Copying(responder, this);
    }

    private record Copying(Responder responder, Mask mask) implements Responder, Stub.Restartable {

        @Override
        public Reply answer(Packet packet) throws Exception {
            Reply reply = Objects.requireNonNull(responder.answer(packet), "the responder returned null");
            return mask.copy(packet.bytes(), reply);
        }

        @Override
        public void restart() {
            if (responder instanceof Stub.Restartable counting) {
                counting.restart();
            }
        }
    }

    private Reply copy(byte[] request, Reply reply) {
        if (reply.isFailure()) {
            return reply;
        }
        return Reply.several(reply.datagrams().stream()
                .map(part -> Reply.bytes(copy(request, part.payload())).after(part.delay()))
                .toArray(Reply[]::new));
    }

    private byte[] copy(byte[] request, byte[] answer) {
        for (int i = 0; i < Math.min(request.length, answer.length); i++) {
            if (covers(i)) {
                answer[i] = request[i];
            }
        }
        return answer;
    }

    private boolean covers(int index) {
        for (ByteRange range : ranges) {
            if (range.contains(index)) {
                return true;
            }
        }
        return false;
    }
}
