package dev.domin.plugins.fileio;

import dev.domin.plugins.bytes.ByteSearch;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Limit;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;

/** Reads and writes whole files. */
@ScriptPlugin(
        namespace = "fileio",
        library = "FileIoPlugin",
        path = "../plugins/file_io/FileIoPlugin",
        doc = "Reads and writes whole files. Pipes are refused; so is reading a device, which may have no end. A "
                + "relative path begins at the folder that domin was started in. While "
                + "a file is read or written, callbacks run; cancelling the script ends it.")
public final class FileIoPlugin implements Plugin {

    private static final String PATH_HELP = "give the path as a string, as in \"data/zone.txt\"";

    private ScriptContext context;

    @Override
    public void start(ScriptContext run) {
        context = run;
    }

    @ScriptFunction(
            name = "Exists",
            doc = "Checks whether there is a file or folder.",
            returns = "1 if there is one, else 0.",
            errors = "An empty path, and one that is not UTF-8, stop the script.",
            example = "printf(\"%d\\n\", fileio.Exists(\"no-such-file.txt\"));",
            output = "0\n")
    public int exists(@Param(value = "path", doc = "The path of the file or folder.", help = PATH_HELP) String path) {
        var file = WholeFile.named(path);
        return context.blocking(file::exists) ? 1 : 0;
    }

    @ScriptFunction(
            name = "Delete",
            doc = "Deletes a file. Folders are not deleted.",
            returns = "1 if the file was there and is gone; 0 if there is none, it is a folder, or the system refuses.",
            errors = "An empty path, and one that is not UTF-8, stop the script.",
            example = "printf(\"%d\\n\", fileio.Delete(\"no-such-file.txt\"));",
            output = "0\n")
    public int delete(@Param(value = "path", doc = "The path of the file.", help = PATH_HELP) String path) {
        var file = WholeFile.named(path);
        return context.blocking(file::delete) ? 1 : 0;
    }

    @ScriptFunction(
            name = "ReadFileText",
            doc = "Reads a file into a string.",
            returns = "All its bytes.",
            errors = "A file that cannot be read, one that holds a 0 byte, since a string would end there, and a "
                    + "path that is empty or not UTF-8 stop the script.",
            example = """
                    string $path[32] = "domin-example.tmp";
                    fileio.WriteFileText($path, "a 192.0.2.1\\nb 192.0.2.2\\n");
                    printf("%s", fileio.ReadFileText($path));
                    fileio.Delete($path);""",
            output = "a 192.0.2.1\nb 192.0.2.2\n")
    public String readFileText(@Param(value = "path", doc = "The path of the file.", help = PATH_HELP) String path) {
        byte[] bytes = read(path);
        int zero = ByteSearch.indexOf(context, bytes, bytes.length, (byte) 0);
        if (zero < bytes.length) {
            throw new ScriptError(
                    WholeFile.named(path).file().shown() + " holds a 0 byte, at " + zero + ", where a string would end",
                    "read it with fileio.ReadFileBlob");
        }
        return ByteStrings.fromBytes(bytes);
    }

    @ScriptFunction(
            name = "ReadFileBlob",
            doc = "Reads a file into a blob.",
            returns = "All its bytes.",
            errors = "A file that cannot be read, and a path that is empty or not UTF-8, stop the script.",
            example = """
                    string $path[32] = "domin-example.tmp";
                    fileio.WriteFileText($path, "PING");
                    blob $bytes[0];
                    $bytes = fileio.ReadFileBlob($path);
                    printf("%d %d\\n", $bytes.Length, $bytes[0]);
                    fileio.Delete($path);""",
            output = "4 80\n")
    public Blob readFileBlob(@Param(value = "path", doc = "The path of the file.", help = PATH_HELP) String path) {
        return Blob.of(read(path));
    }

    @ScriptFunction(
            name = "WriteFileText",
            doc = "Writes a string to a file, whatever the file had before. A file that is not there is made.",
            returns = "The number of bytes written.",
            errors = "A file that cannot be written, and a path that is empty or not UTF-8, stop the script.",
            example = """
                    printf("%d\\n", fileio.WriteFileText("domin-example.tmp", "PING\\n"));
                    fileio.Delete("domin-example.tmp");""",
            output = "5\n")
    public int writeFileText(
            @Param(value = "path", doc = "The path of the file.", help = PATH_HELP) String path,
            @Param(value = "text", doc = "What to write.", help = "fileio.WriteFileBlob writes a blob") String text) {
        return write(path, ByteStrings.toBytes(text));
    }

    @ScriptFunction(
            name = "WriteFileBlob",
            doc = "Writes a blob to a file, whatever the file had before. A file that is not there is made.",
            returns = "The number of bytes written.",
            errors = "A file that cannot be written, and a path that is empty or not UTF-8, stop the script.",
            example = """
                    blob $zeros[3];
                    printf("%d\\n", fileio.WriteFileBlob("domin-example.tmp", $zeros));
                    fileio.Delete("domin-example.tmp");""",
            output = "3\n")
    public int writeFileBlob(
            @Param(value = "path", doc = "The path of the file.", help = PATH_HELP) String path,
            @Param(value = "data", doc = "What to write.", help = "fileio.WriteFileText writes a string") Blob data) {
        return write(path, data.toByteArray());
    }

    private byte[] read(String path) {
        var file = WholeFile.named(path);
        long longest = Math.min(context.limit(Limit.VALUE), Blob.MAXIMUM_LENGTH);
        return context.blocking(() -> file.read(longest));
    }

    private int write(String path, byte[] bytes) {
        var file = WholeFile.named(path);
        return context.blocking(() -> {
            file.write(bytes);
            return bytes.length;
        });
    }
}
