package dev.domin.cli.watch;

import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The file of a script, which is looked at again and again. Editors write a file in place, in several pieces, or
 * replace it; a file is read when it has been the same for a moment. Used by one thread.
 */
final class WatchedFile {

    /** How long a file must be the same. */
    private static final long STABLE_NANOS = 40_000_000;

    /** How long a file must be the same if it is empty: an editor may have just begun to write it. */
    private static final long EMPTY_NANOS = 500_000_000;

    /**
     * When a file is read a second time: some systems have times in seconds, so a file may be saved again at the same
     * time.
     */
    private static final long AGAIN_NANOS = 2_500_000_000L;

    /** How long a file must be unreadable before that is a problem: an editor may be about to replace it. */
    private static final long PROBLEM_NANOS = 1_000_000_000;

    /** What changes when a file is saved. */
    private record State(
            long size, FileTime modified, @Nullable Object key) {}

    private final String name;
    private @Nullable State known; // when the file was read the last time; null: not by this object
    private @Nullable State seen; // at the last look
    private long since; // when it was seen first
    private boolean again; // whether it is to be read a second time
    private @Nullable String text; // null: it was no text
    private @Nullable IOException problem; // why it cannot be read now
    private long problemSince;
    private boolean problemIsKnown; // to the caller

    /**
     * Begins to watch.
     *
     * @param name the name of the file, as messages have it
     * @param first what it contained a moment ago, or null if that is no text
     */
    WatchedFile(String name, @Nullable SourceFile first) {
        this.name = name;
        this.text = first == null ? null : first.text();
    }

    /**
     * Looks whether the file has been saved with another text.
     *
     * @param now the time, on the clock of {@link System#nanoTime}
     * @return the new text, or null
     * @throws RefusedException if it is not UTF-8
     */
    @Nullable
    SourceFile look(long now) {
        var state = state(now);
        if (state != null && state.equals(known) && again && now - since > AGAIN_NANOS) {
            again = false;
            return readAgain(state, now);
        }
        if (state == null) {
            seen = null;
            return null;
        }
        if (state.equals(known)) {
            seen = state;
            forgetProblem();
            return null;
        }
        if (!state.equals(seen)) {
            forgetProblem();
            seen = state;
            since = now;
            return null;
        }
        if (now - since < (state.size() == 0 ? EMPTY_NANOS : STABLE_NANOS)) {
            return null;
        }
        again = true;
        return readAgain(state, now);
    }

    /**
     * {@return why the file cannot be read, if that has lasted for a while and was not returned before; otherwise null}
     *
     * @param now the time, as for {@link #look}
     */
    @Nullable
    IOException newProblem(long now) {
        if (problem == null || problemIsKnown || now - problemSince < PROBLEM_NANOS) {
            return null;
        }
        problemIsKnown = true;
        return problem;
    }

    private void failed(IOException e, long now) {
        if (problem == null) {
            problemSince = now;
        }
        problem = e;
    }

    private void forgetProblem() {
        problem = null;
        problemIsKnown = false;
    }

    private @Nullable SourceFile readAgain(State state, long now) {
        try {
            var source = SourceFile.read(name);
            forgetProblem();
            if (!state.equals(state(now))) {
                return null; // it was saved meanwhile
            }
            known = state;
            if (source.text().equals(text)) {
                return null;
            }
            text = source.text();
            return source;
        } catch (RefusedException e) {
            forgetProblem();
            known = state;
            text = null;
            throw e;
        } catch (IOException e) {
            failed(e, now); // it has just been removed, or may not be read; it is looked at again
            return null;
        }
    }

    private @Nullable State state(long now) {
        try {
            var attributes = Files.readAttributes(Path.of(name), BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                return new State(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
            }
            // It is not opened: opening a pipe would wait for a program that writes to it.
            String what = attributes.isDirectory() ? "it is a folder" : "it is a pipe or a device";
            failed(new FileSystemException(name, null, what), now);
        } catch (IOException e) {
            failed(e, now); // between removing the old file and renaming the new one, for example
        }
        return null;
    }
}
