package dev.domin.plugins.path;

import dev.domin.plugins.bytes.Work;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import java.util.ArrayDeque;

/** Joins paths and takes them apart. */
@ScriptPlugin(
        namespace = "path",
        library = "PathPlugin",
        path = "../plugins/path/PathPlugin",
        doc = "Joins the paths of files and takes them apart. It works on the text alone and never looks at the "
                + "disk. The separator is `/`.")
public final class PathPlugin implements Plugin {

    private static final char SEPARATOR = '/';
    private static final String ROOT = "/";
    private static final String HERE = ".";
    private static final String PARENT = "..";

    private ScriptContext context;

    @Override
    public void start(ScriptContext run) {
        context = run;
    }

    @ScriptFunction(
            name = "Join",
            doc = "Puts two paths together, with one separator between them; one that is there already is not "
                    + "doubled. An absolute second path stays as it is.",
            returns = "The joined path; the other one where one of the two is empty.",
            example = """
                    printf("%s %s %s\\n", path.Join("var", "log"), path.Join("var/", "log"), path.Join("var", "/tmp"));""",
            output = "var/log var/log /tmp\n")
    public static String join(
            @Param(value = "first", doc = "The path in front.") String first,
            @Param(value = "second", doc = "The path behind it.") String second) {
        if (first.isEmpty() || isAbsolute(second) != 0) {
            return second;
        }
        if (second.isEmpty()) {
            return first;
        }
        return first.charAt(first.length() - 1) == SEPARATOR ? first + second : first + SEPARATOR + second;
    }

    @ScriptFunction(
            name = "DirName",
            doc = "Returns the folder of a path: what stands before its last part. Separators at the end do not count.",
            returns = "The folder; `.` for a bare name and for an empty path, `/` for what is directly in the root.",
            example = """
                    printf("%s %s %s\\n", path.DirName("/var/log/a.txt"), path.DirName("a.txt"), path.DirName("/a.txt"));""",
            output = "/var/log . /\n")
    public static String dirName(@Param(value = "path", doc = "The path.") String path) {
        int end = withoutSeparators(path, path.length());
        int slash = path.lastIndexOf(SEPARATOR, end - 1);
        if (end == 0) {
            return path.isEmpty() ? HERE : ROOT;
        }
        if (slash < 0) {
            return HERE;
        }
        int folderEnd = withoutSeparators(path, slash);
        return folderEnd == 0 ? ROOT : path.substring(0, folderEnd);
    }

    @ScriptFunction(
            name = "BaseName",
            doc = "Returns the last part of a path. Separators at the end do not count.",
            returns = "The last part; `/` for the root, an empty string for an empty path.",
            example = "printf(\"%s %s\\n\", path.BaseName(\"/var/log/a.txt\"), path.BaseName(\"/var/log/\"));",
            output = "a.txt log\n")
    public static String baseName(@Param(value = "path", doc = "The path.") String path) {
        int end = withoutSeparators(path, path.length());
        if (end == 0) {
            return path.isEmpty() ? "" : ROOT;
        }
        return path.substring(path.lastIndexOf(SEPARATOR, end - 1) + 1, end);
    }

    @ScriptFunction(
            name = "IsAbsolute",
            doc = "Checks whether a path begins at the root.",
            returns = "1 if it begins with `/`, else 0.",
            example = "printf(\"%d %d\\n\", path.IsAbsolute(\"/var/log\"), path.IsAbsolute(\"log\"));",
            output = "1 0\n")
    public static int isAbsolute(@Param(value = "path", doc = "The path.") String path) {
        return path.startsWith(ROOT) ? 1 : 0;
    }

    @ScriptFunction(
            name = "Normalize",
            doc = "Resolves `.`, `..` and double separators in a path, and leaves out a separator at its end. A "
                    + "`..` above the root is left out; one above the start of a relative path stays. Links "
                    + "on the disk are not looked at, so `a/..` is `.` even where `a` is a link.",
            returns = "The shortest path of the same meaning; `.` where nothing is left.",
            example = """
                    printf("%s %s %s\\n", path.Normalize("/a//b/./../c/"), path.Normalize("../x"), path.Normalize("a/.."));""",
            output = "/a/c ../x .\n")
    public String normalize(@Param(value = "path", doc = "The path.") String path) {
        var work = new Work(context);
        boolean absolute = isAbsolute(path) != 0;
        var parts = new ArrayDeque<String>();
        int at = 0;
        while (at < path.length()) {
            int slash = path.indexOf(SEPARATOR, at);
            int end = slash < 0 ? path.length() : slash;
            add(parts, path.substring(at, end), absolute);
            work.add(end + 1 - at);
            at = end + 1;
        }
        String joined = String.join(ROOT, parts);
        if (absolute) {
            return ROOT + joined;
        }
        return joined.isEmpty() ? HERE : joined;
    }

    private static void add(ArrayDeque<String> parts, String part, boolean absolute) {
        if (part.isEmpty() || part.equals(HERE)) {
            return;
        }
        if (!part.equals(PARENT)) {
            parts.addLast(part);
        } else if (!parts.isEmpty() && !parts.peekLast().equals(PARENT)) {
            parts.removeLast();
        } else if (!absolute) {
            parts.addLast(part);
        }
    }

    /** {@return where a path ends if separators at its end do not count} */
    private static int withoutSeparators(String path, int length) {
        int end = length;
        while (end > 0 && path.charAt(end - 1) == SEPARATOR) {
            end--;
        }
        return end;
    }
}
