package dev.domin.cli.usage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The scripts with which shells complete command lines. */
public final class Completion {

    /** The shells. */
    public static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    private Completion() {}

    /**
     * Writes a script.
     *
     * @param shell the shell
     * @param plugins the namespaces of the plugins
     * @param functions their functions, with namespaces
     * @return the script; null if the shell is unknown
     */
    public static @Nullable String write(String shell, List<String> plugins, List<String> functions) {
        return switch (shell) {
            case "bash" -> BashCompletion.write(plugins, functions);
            case "zsh" -> ZshCompletion.write(plugins, functions);
            case "fish" -> FishCompletion.write(plugins, functions);
            default -> null;
        };
    }

    /** {@return the names of all commands, with blanks between them} */
    static String commands() {
        return String.join(" ", names(_ -> true));
    }

    /** {@return the names of the commands that a condition selects} */
    static List<String> names(Predicate<Command> condition) {
        return Arrays.stream(Command.values())
                .filter(each -> each != Command.RUN)
                .filter(condition)
                .map(Command::word)
                .toList();
    }

    /** {@return whether the value of an option is neither a file nor a name that is known} */
    static boolean isFree(Option option) {
        return switch (option) {
            case PLUGINS, MARKDOWN, ALLOW, EMIT, RECORD, JOURNAL, SEND_FILE -> false;
            default -> true;
        };
    }

    /** {@return the names of a command's options} */
    static List<String> options(Command command) {
        var words = new ArrayList<String>();
        for (var option : Option.values()) {
            if (option.isFor(command) && option != Option.END) {
                words.add(option.word());
                if (!option.alias().isEmpty()) {
                    words.add(option.alias());
                }
            }
        }
        return words;
    }
}
