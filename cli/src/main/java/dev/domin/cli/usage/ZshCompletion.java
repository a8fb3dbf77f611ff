package dev.domin.cli.usage;

import java.util.List;

/** The completion for zsh. */
final class ZshCompletion {

    private static final String SCRIPT = """
            #compdef domin
            # Completes command lines of domin in zsh. Written by `domin completion zsh`.
            _domin_plugins() {
                local -a plugins
                plugins=(@PLUGINS@)
                _describe -t plugins plugin plugins
            }
            _domin_topics() {
                if [[ $PREFIX == *.* ]]; then
                    compadd -- @FUNCTIONS@
                else
                    _domin_plugins
                fi
            }
            _domin_allowed() {
                _values -s , plugin @PLUGINS@
            }
            _domin_first() {
                local -a commands
                commands=(
            @COMMANDS@
                )
                _describe -t commands command commands
                _files -g '*.dom'
            }
            _domin() {
                local curcontext=$curcontext state line
                typeset -A opt_args
                _arguments -C -A '-*' \\
            @OPTIONS@
                    '1:command or script:_domin_first' \\
                    '*:: :->rest' && return
                [[ $state == rest ]] || return 1
                case $line[1] in
            @CASES@
                *) _files ;;
                esac
            }
            if [[ $funcstack[1] == _domin ]]; then
                _domin "$@"
            else
                compdef _domin domin
            fi
            """;

    private ZshCompletion() {}

    static String write(List<String> plugins, List<String> functions) {
        var commands = new StringBuilder();
        var cases = new StringBuilder();
        for (var command : Command.values()) {
            if (command != Command.RUN) {
                line(commands, "        " + quote(command.word() + ":" + command.summary()));
                line(cases, "    " + command.word() + ")");
                line(cases, "        _arguments \\");
                line(cases, options(command, "            ") + "\n            " + operands(command));
                line(cases, "        ;;");
            }
        }
        return SCRIPT.replace("@PLUGINS@", String.join(" ", plugins))
                .replace("@FUNCTIONS@", String.join(" ", functions))
                .replace("@COMMANDS@", commands)
                .replace("@OPTIONS@", options(Command.RUN, "        "))
                .replace("@CASES@", cases);
    }

    private static String operands(Command command) {
        return switch (command) {
            case CHECK -> "'*:script:_files -g \"*.dom\"'";
            case TRACE -> "'1:script:_files -g \"*.dom\"' '*:argument:_files'";
            case HELP -> "'*:topic:_domin_topics'";
            case COMPLETION -> "'1:shell:(" + String.join(" ", Completion.SHELLS) + ")'";
            case REPLAY, STAT -> "'1:capture:_files'";
            case SEND -> "'1:address: ' '2:text: '";
            case PROXY -> "'1:port: ' '2:address: '";
            case RUN, MAN, ECHO, DUMP -> "'*: :'";
        };
    }

    private static String options(Command command, String indent) {
        var lines = new StringBuilder();
        for (var option : Option.values()) {
            if (option.isFor(command) && option != Option.END) {
                add(lines, indent, option, option.word());
                if (!option.alias().isEmpty()) {
                    add(lines, indent, option, option.alias());
                }
            }
        }
        return lines.toString();
    }

    private static void add(StringBuilder lines, String indent, Option option, String word) {
        String text = option.text().replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
        String value = option.value().isEmpty()
                ? ""
                : (option.mayHaveValue() ? "::" : ":") + option.value() + ":" + action(option);
        String join = option.value().isEmpty() || !word.startsWith("--") ? "" : option.mayHaveValue() ? "=-" : "=";
        line(lines, indent + quote("*" + word + join + "[" + text + "]" + value) + " \\");
    }

    private static String action(Option option) {
        return switch (option) {
            case PLUGINS, MARKDOWN -> "_files -/";
            case ALLOW -> "_domin_allowed";
            case RECORD, JOURNAL, SEND_FILE -> "_files";
            case EMIT -> "_files -g \"*.class\"";
            default -> "";
        };
    }

    private static void line(StringBuilder lines, String line) {
        lines.append(lines.isEmpty() ? "" : "\n").append(line);
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
