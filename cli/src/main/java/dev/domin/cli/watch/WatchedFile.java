package dev.domin.cli.watch;

import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import java.io.IOException;
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

    /** What changes when a file is saved. */
    private record State(
            long size, FileTime modified, @Nullable Object key) {}

    private final String name;
    private @Nullable State known; // when the file was read the last time; null: not by this object
    private @Nullable State seen; // at the last look
    private long since; // when it was seen first
    private boolean again; // whether it is to be read a second time
    private @Nullable String text; // null: it was no text

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
        var state = state();
        if (state != null && state.equals(known) && again && now - since > AGAIN_NANOS) {
            again = false;
            return readAgain(state);
        }
        if (state == null || state.equals(known)) {
            seen = state;
            return null;
        }
        if (!state.equals(seen)) {
            seen = state;
            since = now;
            return null;
        }
        if (now - since < (state.size() == 0 ? EMPTY_NANOS : STABLE_NANOS)) {
            return null;
        }
        again = true;
        return readAgain(state);
    }

    private @Nullable SourceFile readAgain(State state) {
        try {
            var source = SourceFile.read(name);
            if (!state.equals(state())) {
                return null; // it was saved meanwhile
            }
            known = state;
            if (source.text().equals(text)) {
                return null;
            }
            text = source.text();
            return source;
        } catch (RefusedException e) {
            known = state;
            text = null;
            throw e;
        } catch (IOException _) {
            return null; // it has just been removed, or may not be read; it is looked at again
        }
    }

    private @Nullable State state() {
        try {
            var attributes = Files.readAttributes(Path.of(name), BasicFileAttributes.class);
            return new State(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        } catch (IOException _) {
            return null; // between removing the old file and renaming the new one, for example
        }
    }
}
