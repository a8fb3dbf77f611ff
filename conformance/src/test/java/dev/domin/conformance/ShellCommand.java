package dev.domin.conformance;

import java.io.IOException;
import java.nio.file.Path;

/** Commands that run in a shell, in another process. Closing it kills them. */
final class ShellCommand implements AutoCloseable {

    private final Process process;
    private final ScriptOutput out = new ScriptOutput();
    private final ScriptOutput err = new ScriptOutput();
    private final Thread outReader;
    private final Thread errReader;

    private ShellCommand(Process process) {
        this.process = process;
        outReader = DominProcess.collect(process.getInputStream(), out);
        errReader = DominProcess.collect(process.getErrorStream(), err);
    }

    /**
     * Starts commands; the first that fails ends them.
     *
     * @param folder where they start
     * @param javaHome the JDK for Maven
     * @param commands the commands, in lines
     * @return the running commands
     */
    static ShellCommand start(Path folder, Path javaHome, String commands) throws IOException {
        var builder = new ProcessBuilder("sh", "-ec", commands).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1"); // reduces the time by a third
        builder.environment().keySet().removeIf(name -> name.startsWith("DOMIN_") || name.startsWith("MAVEN_ARGS"));
        return new ShellCommand(builder.start());
    }

    /** Starts commands and waits for their end. */
    static ShellCommand run(Path folder, Path javaHome, String commands) throws IOException, InterruptedException {
        try (var command = start(folder, javaHome, commands)) {
            command.process.waitFor();
            command.outReader.join();
            command.errReader.join();
            return command;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@return whether all have ended, and none has failed} */
    boolean succeeded() {
        return !process.isAlive() && process.exitValue() == 0;
    }

    ScriptOutput out() {
        return out;
    }

    ScriptOutput err() {
        return err;
    }

    /** {@return all that they have printed so far} */
    String output() {
        return out.text() + err.text();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
