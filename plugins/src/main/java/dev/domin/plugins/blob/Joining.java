package dev.domin.plugins.blob;

import dev.domin.plugins.format.Formatter;
import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;

/** Joins blobs. */
final class Joining {

    private Joining() {}

    static Blob concat(Blob first, Blob second, Object[] more) {
        long length = (long) first.length() + second.length();
        for (int i = 0; i < more.length; i++) {
            if (!(more[i] instanceof Blob next)) {
                throw notABlob(i + 3, more[i]);
            }
            length += next.length();
        }
        var joined = new Blob(length);
        int at = append(joined, append(joined, 0, first), second);
        for (var next : more) {
            at = append(joined, at, (Blob) next);
        }
        return joined;
    }

    private static ScriptError notABlob(int argument, Object value) {
        String help = "";
        if (value instanceof String) {
            help = "blob.FromText converts a string to a blob";
        } else if (!(value instanceof Double)) {
            help = "blob.FromInt converts an integer to a blob";
        }
        return new ScriptError("argument " + argument + " (more) takes blob, got " + Formatter.typeOf(value), help);
    }

    private static int append(Blob joined, int at, Blob part) {
        System.arraycopy(part.array(), 0, joined.array(), at, part.length());
        return at + part.length();
    }
}
