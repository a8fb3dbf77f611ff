package dev.domin.cli;

/**
 * Answers ahead what the JDK would find out at every start in ways that cost more than a short script. For a process
 * that is ours alone: nobody can have meant another answer.
 */
final class Shortcuts {

    private static final String SELECTORS = "java.nio.channels.spi.SelectorProvider";
    private static final String LINUX_SELECTORS = "sun.nio.ch.EPollSelectorProvider";

    private Shortcuts() {}

    /** Takes all that there are; before anything opens a socket. */
    static void take() {
        // Else the first channel looks through every jar for somebody who brings selectors of his own.
        if (System.getProperty(SELECTORS) == null && "Linux".equals(System.getProperty("os.name")) && isUsable()) {
            System.setProperty(SELECTORS, LINUX_SELECTORS);
        }
        // Else the first address reads the whole of conf/security/java.security, to find this default there.
        if (System.getProperty("jdk.includeInExceptions") == null) {
            System.setProperty("jdk.includeInExceptions", "hostInfoExclSocket");
        }
    }

    /** {@return whether the JDK's own choice on Linux still goes by the name that we know} */
    private static boolean isUsable() {
        try {
            var _ = Class.forName(LINUX_SELECTORS, false, null).getConstructor();
            return true;
        } catch (ReflectiveOperationException _) {
            return false;
        }
    }
}
