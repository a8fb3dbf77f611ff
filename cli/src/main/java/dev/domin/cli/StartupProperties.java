package dev.domin.cli;

/**
 * Sets system properties whose defaults the JDK would look up at every start, in ways that take longer than a short
 * script. Only for processes started by the launcher, where no other code has set them.
 */
final class StartupProperties {

    private static final String SELECTORS = "java.nio.channels.spi.SelectorProvider";
    private static final String LINUX_SELECTORS = "sun.nio.ch.EPollSelectorProvider";

    private StartupProperties() {}

    /** Sets the properties. Called before any socket is opened. */
    static void set() {
        // Otherwise the first channel searches every jar for another provider of selectors.
        if (System.getProperty(SELECTORS) == null && "Linux".equals(System.getProperty("os.name")) && isUsable()) {
            System.setProperty(SELECTORS, LINUX_SELECTORS);
        }
        // Otherwise the first socket address reads all of conf/security/java.security to find this default.
        if (System.getProperty("jdk.includeInExceptions") == null) {
            System.setProperty("jdk.includeInExceptions", "hostInfoExclSocket");
        }
    }

    /** {@return whether the JDK's default provider on Linux still has this name} */
    private static boolean isUsable() {
        try {
            var _ = Class.forName(LINUX_SELECTORS, false, null).getConstructor();
            return true;
        } catch (ReflectiveOperationException _) {
            return false;
        }
    }
}
