package dev.domin.testkit;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The requests of a recording, found by their bytes, with their answers. One stub for all of them, since a list of
 * stubs would be searched for each packet.
 */
final class RecordedRequests implements Matcher, Responder, Stub.Restartable {

    /** How many requests are compared to explain why a packet is none: those nearest to it in length. */
    private static final int COMPARED = 300;

    /** Equal requests. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Equal(byte[] request, Stub.InTurn answers) {}

    private final Mask mask;
    private final Map<String, Equal> byKey;

    /**
     * Creates them.
     *
     * @param mask what is not compared
     * @param replies the replies to each request, by its key, in the order of the recording
     * @param requests one request for each key
     */
    RecordedRequests(Mask mask, Map<String, List<Reply>> replies, Map<String, byte[]> requests) {
        this.mask = mask;
        byKey = new LinkedHashMap<>();
        requests.forEach((key, request) -> byKey.put(
                key,
                new Equal(
                        request,
                        new Stub.InTurn(replies.getOrDefault(key, List.of()).toArray(Reply[]::new)))));
    }

    @Override
    public boolean matches(Packet packet) {
        return byKey.containsKey(mask.key(packet.bytes()));
    }

    @Override
    public Reply answer(Packet packet) {
        Equal equal = byKey.get(mask.key(packet.bytes()));
        return equal == null ? Reply.none() : equal.answers().answer(packet);
    }

    @Override
    public void restart() {
        byKey.values().forEach(equal -> equal.answers().restart());
    }

    @Override
    public String description() {
        return "for " + byKey.size() + (byKey.size() == 1 ? " request" : " different requests") + " of a recording";
    }

    @Override
    public double nearness(Packet packet) {
        return nearest(packet).nearness(packet);
    }

    @Override
    public String explain(Packet packet) {
        return nearest(packet).explain(packet);
    }

    private Match nearest(Packet packet) {
        List<Match> candidates = byKey.values().stream()
                .map(Equal::request)
                .sorted(Comparator.comparingInt(request -> Math.abs(request.length - packet.length())))
                .limit(COMPARED)
                .map(mask::match)
                .collect(Collectors.toList());
        return candidates.stream()
                .max(Comparator.comparingDouble(match -> match.nearness(packet)))
                .orElse(Match.any());
    }
}
