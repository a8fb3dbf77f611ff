package dev.domin.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The exceptions of a server's functions and the errors of its socket, in words; the first of them. */
final class Errors implements Consumer<Throwable> {

    private static final int MOST = 100;

    private final List<String> texts = new ArrayList<>();

    @Override
    public synchronized void accept(Throwable problem) {
        if (texts.size() < MOST) {
            texts.add(describe(problem));
        }
    }

    synchronized List<String> texts() {
        return List.copyOf(texts);
    }

    synchronized void clear() {
        texts.clear();
    }

    /** {@return the exception, and the place in a test or handler where it comes from} */
    private static String describe(Throwable problem) {
        for (StackTraceElement frame : problem.getStackTrace()) {
            String name = frame.getClassName();
            if (!name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("dev.domin.udp.")) {
                return problem + "\n  at " + frame;
            }
        }
        return problem.toString();
    }
}
