package dev.domin.udp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The process whose system calls fail in {@link InjectionTest}: an echo that closes when it has read a line. */
final class InjectedEcho {

    private InjectedEcho() {}

    public static void main(String[] arguments) throws IOException {
        UdpOptions options = UdpOptions.builder()
                .batching(Batching.valueOf(arguments[0]))
                .onError(problem -> System.err.println("reported: " + problem.getMessage()))
                .build();
        UdpEndpoint endpoint;
        try {
            endpoint = UdpEndpoint.open(options, EchoTest.ECHO);
        } catch (IOException e) {
            System.out.println("refused: " + e.getMessage());
            return;
        }
        System.out.println("port " + endpoint.port());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        input.readLine();
        endpoint.close();
        UdpStats stats = endpoint.stats();
        System.out.println("closed " + stats.received() + " " + stats.handled() + " " + stats.dropped());
    }
}
