package dev.domin.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/** Linux' socket options that the JDK does not offer. */
final class SocketOptions {

    private static final int SOL_SOCKET = 1;
    private static final int SO_NO_CHECK = 11;

    private SocketOptions() {}

    @SuppressWarnings("restricted")
    static void sendWithoutChecksums(int descriptor) throws Exception {
        var linker = Linker.nativeLinker();
        var setsockopt = linker.downcallHandle(
                linker.defaultLookup().find("setsockopt").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            int result = (int) setsockopt.invoke(
                    descriptor, SOL_SOCKET, SO_NO_CHECK, arena.allocateFrom(JAVA_INT, 1), Integer.BYTES);
            if (result != 0) {
                throw new IllegalStateException("the option SO_NO_CHECK was refused");
            }
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
