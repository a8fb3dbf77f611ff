package dev.domin.lang.syntax;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What to write instead of functions of other languages. Loaded for mistakes only. */
public final class ForeignCalls {

    private static final String TEXT = "write text with `printf(\"%s\\n\", $text);`";
    private static final String MEMORY = "use a blob as memory, `blob $b[64];`; it is freed automatically";
    private static final String TO_INT = "a cast is written `(i32)$x`; `str.ToInt($s)` converts a string to a number";
    private static final String TO_DOUBLE =
            "a cast is written `(double)$x`; `str.ToDouble($s)` converts a string to a number";

    private ForeignCalls() {}

    /**
     * Looks up a word.
     *
     * @param word the name of a function
     * @return what to write instead, or null for an unknown word
     */
    public static @Nullable String help(String word) {
        String help = ofOutput(word) ? TEXT : ofText(word.toLowerCase(Locale.ROOT));
        help = help == null ? ofMachine(word.toLowerCase(Locale.ROOT)) : help;
        help = help == null ? ofFiles(word.toLowerCase(Locale.ROOT)) : help;
        return help == null ? ForeignWords.ofStatement(word) : help;
    }

    /** {@return whether the word writes text in another language} */
    static boolean ofOutput(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "puts", "putchar", "print", "println", "printline", "echo", "say", "alert", "cout", "cerr", "endl" ->
                true;
            case "write", "writeln", "writeline", "fprintf", "dprintf", "fputs", "log", "console", "stdout", "stderr" ->
                true;
            default -> false;
        };
    }

    private static @Nullable String ofText(String word) {
        return switch (word) {
            case "sprintf", "snprintf", "asprintf", "format" -> "`string.Format(\"%d\", $n)` makes a string";
            case "strlen", "strnlen", "len", "length", "size", "sizeof", "count" ->
                "`.Length` is the length of a string or blob in bytes: `$s.Length`";
            case "strcmp", "strncmp", "equals", "compareto" -> "compare strings with `==` and `<`";
            case "strcasecmp", "stricmp", "equalsignorecase" -> "`str.CompareNoCase($a, $b)` is 0 for equal strings";
            case "strcpy", "strncpy", "strlcpy", "strdup" -> "copy a string with `=`";
            case "strcat", "strncat", "concat", "append", "push" ->
                "join strings with `+`, blobs with `blob.Concat($a, $b)`";
            case "strstr", "strchr", "strpos", "indexof", "index", "find", "contains", "includes" ->
                "`str.Find($s, \"x\")` searches a string, `blob.Find` a blob";
            case "strrchr", "rindex", "rfind", "lastindexof" -> "`str.FindLast($s, \"x\")` searches from the end";
            case "strcasestr", "stristr" -> "`str.FindNoCase($s, \"x\")` searches without case";
            case "implode", "join" -> "`str.Join(\", \", $a, $b)` joins strings";
            case "substr", "substring", "slice", "mid" -> "`$s[2:5]` is a part of a string or blob";
            case "charat", "ord" -> "`$s[0]` is the value of a byte";
            case "chr" -> "`str.FromChar(65)` converts a byte to a string";
            case "atoi",
                    "atol",
                    "atoll",
                    "strtol",
                    "strtoul",
                    "parseint",
                    "toint",
                    "stoi",
                    "int",
                    "i32",
                    "i64",
                    "long" -> TO_INT;
            case "atof", "strtod", "parsefloat", "todouble", "stod", "float", "double" -> TO_DOUBLE;
            case "itoa", "tostring", "to_string", "str", "string", "valueof" ->
                "`str.FromInt($n)` converts a number to a string";
            case "toupper", "upper", "uppercase", "touppercase" -> "`str.Upper($s)` does that";
            case "tolower", "lower", "lowercase", "tolowercase" -> "`str.Lower($s)` does that";
            case "trim", "strip" -> "`str.Trim($s)` does that";
            case "replace" -> "`str.Replace($s, \"a\", \"b\")` does that";
            case "split", "strtok", "explode" -> "`str.SplitCount` and `str.SplitPart` split a string";
            default -> null;
        };
    }

    private static @Nullable String ofMachine(String word) {
        return switch (word) {
            case "exit", "_exit", "quit", "abort", "die", "halt" ->
                "`os.Exit(3);` ends the script with the exit code 3, from any function";
            case "sleep", "usleep", "nanosleep", "msleep", "delay", "wait" ->
                "`timer.SleepMs(1000)` waits for a second";
            case "settimeout" -> "`timer.Schedule(\"OnTimer\", 1000)` calls a callback after a second";
            case "setinterval" -> "`timer.ScheduleRepeating(\"OnTimer\", 1000, 1000)` calls a callback every second";
            case "time", "now", "gettime", "gettimeofday", "clock", "millis" ->
                "`timer.EpochMs()` is the time of day, `timer.MonotonicMs()` the time since the start";
            case "rand", "random", "srand", "randint", "rnd" -> "`random.Int(1, 6)` is a number from 1 to 6";
            case "memcpy", "memmove", "memcmp" ->
                "copy bytes with slices, `$a[0:4] = $b[4:8];`, and compare them with `==`";
            case "memset", "bzero" -> "all bytes of a new blob are 0; `$b[$i] = 7;` sets one";
            case "malloc", "calloc", "realloc", "alloc", "free", "new", "delete" -> MEMORY;
            case "abs", "max", "min" -> "use `?:`, as in `$a > $b ? $a : $b`";
            case "htons", "ntohs", "htonl", "ntohl" -> "fields of types such as `u16be` are in network byte order";
            case "socket", "bind", "listen", "accept", "recv", "recvfrom" ->
                "`callbackudpserver.Open(\"OnPacket\", -1)` opens a UDP server";
            case "send", "sendto" ->
                "a callback's result answers a packet; `callbackudpclient.SendText` sends one to any port";
            case "inet_pton", "inet_aton", "inet_addr" ->
                "`str.ParseIp4(\"192.0.2.1\")` and `str.ParseIp6` return the bytes of an address";
            case "inet_ntop", "inet_ntoa" -> "`str.FormatIp4($b)` and `str.FormatIp6` return the text of an address";
            case "getenv", "env", "environ" -> "`os.Env(\"HOME\")` returns a variable of the environment";
            case "argc", "argv", "args" -> "`os.ArgCount()` and `os.Arg(0)` return the script's arguments";
            default -> null;
        };
    }

    private static @Nullable String ofFiles(String word) {
        return switch (word) {
            case "gets", "fgets", "getline", "readline", "input", "scanf", "getchar", "stdin" ->
                "`os.ReadLine()` reads a line of the standard input, until `os.AtEnd()`";
            case "fopen", "open", "fread", "readfile", "file_get_contents", "readalltext", "load" ->
                "`fileio.ReadFileText(\"a.txt\")` reads a whole file, `fileio.ReadFileBlob` one with any bytes";
            case "fwrite", "writefile", "file_put_contents", "writealltext", "save" ->
                "`fileio.WriteFileText(\"a.txt\", $s)` writes a whole file";
            case "unlink", "remove" -> "`fileio.Delete(\"a.txt\")` deletes a file";
            case "dirname", "basename" -> "`path.DirName($p)` and `path.BaseName($p)` are the parts of a path";
            case "md5", "sha1", "sha256", "hash", "digest" ->
                "`crypto.Sha256($b)` is the digest of a blob; there are `crypto.Md5` and `crypto.Sha1`, too";
            case "hmac" -> "`crypto.HmacSha256($key, $b)` signs a blob";
            case "crc32", "crc", "checksum", "adler32" -> "`crypto.Crc32($b)` is the checksum of a blob";
            case "base64", "b64encode", "btoa" -> "`web.Base64Encode($s)` does that";
            case "b64decode", "atob" -> "`web.Base64Decode($s)` does that";
            case "urlencode", "encodeuricomponent" -> "`web.UrlEncode($s)` does that";
            case "urldecode", "decodeuricomponent" -> "`web.UrlDecode($s)` does that";
            case "hexlify", "bin2hex" -> "`blob.ToHex($b)` does that";
            case "syslog", "logger" -> "`log.Info(\"%d packets\", $n)` writes a message, `log.SetSink` says where";
            default -> null;
        };
    }
}
