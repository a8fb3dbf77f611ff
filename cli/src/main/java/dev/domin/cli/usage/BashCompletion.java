package dev.domin.cli.usage;

import java.util.List;

/** The completion for bash. */
final class BashCompletion {

    private static final String SCRIPT = """
            # Completes command lines of domin in bash. Written by `domin completion bash`.
            _domin_files() { # the files of a pattern, and folders
                local IFS=$'\\n'
                COMPREPLY+=($(compgen -f -X "!$1" -- "$2") $(compgen -d -- "$2"))
                compopt -o filenames 2>/dev/null
            }
            _domin_complete() {
                local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' i
                local plugins='@PLUGINS@'
                COMPREPLY=()
                # bash makes a word of its own of each `=`
                if [[ $word == = ]]; then
                    word=''
                elif [[ $previous == = ]]; then
                    previous=${COMP_WORDS[COMP_CWORD - 2]}
                elif [[ $word == --*=* ]]; then
                    previous=${word%%=*}
                    head=$previous=
                    word=${word#*=}
                fi
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case ${COMP_WORDS[i]} in
                    @VALUED@)
                        [[ ${COMP_WORDS[i]} == -e && $i -lt $((COMP_CWORD - 1)) ]] && command=arguments
                        if [[ ${COMP_WORDS[i + 1]} == = ]]; then ((i += 2)); else ((i += 1)); fi
                        ;;
                    =) ((i += 1)) ;; # of an option that may have a value
                    -) [[ $command == check ]] || command=arguments ;;
                    -*) ;;
                    *)
                        if [[ -z $command && ' @NAMES@ ' == *" ${COMP_WORDS[i]} "* ]]; then
                            command=${COMP_WORDS[i]}
                        elif [[ -z $command || $command == trace ]]; then
                            command=arguments
                        fi
                        ;;
                    esac
                done
                if [[ $command != arguments ]]; then
                    case $previous in
                    --plugins | --markdown)
                        COMPREPLY=($(compgen -d -- "$word"))
                        compopt -o filenames 2>/dev/null
                        return
                        ;;
                    --allow)
                        local before=''
                        [[ $word == *,* ]] && before=${word%,*},
                        COMPREPLY=($(compgen -P "$before" -W "$plugins" -- "${word##*,}"))
                        compopt -o nospace 2>/dev/null
                        return
                        ;;
                    --emit)
                        _domin_files '*.class' "$word"
                        return
                        ;;
                    --record | --journal | --file)
                        COMPREPLY=($(compgen -f -- "$word"))
                        compopt -o filenames 2>/dev/null
                        return
                        ;;
                    @FREE@) return ;;
                    esac
                fi
                if [[ $word == -* && $command != arguments ]]; then
                    case $command in
            @OPTIONS@
                    esac
                    return
                fi
                case $command in
                '')
                    COMPREPLY=($(compgen -W '@NAMES@' -- "$word"))
                    _domin_files '*.dom' "$word"
                    ;;
                check | trace) _domin_files '*.dom' "$word" ;;
                replay | stat) _domin_files '*.pcap*' "$word" ;;
                help)
                    if [[ $word == *.* ]]; then
                        COMPREPLY=($(compgen -W '@FUNCTIONS@' -- "$word"))
                    else
                        COMPREPLY=($(compgen -W "$plugins @NAMES@" -- "$word"))
                    fi
                    ;;
                completion) COMPREPLY=($(compgen -W '@SHELLS@' -- "$word")) ;;
                arguments) compopt -o default 2>/dev/null ;;
                esac
            }
            _domin() {
                local head='' # the part of the word that is complete already
                _domin_complete
                [[ -z $head ]] || COMPREPLY=("${COMPREPLY[@]/#/$head}")
            }
            complete -F _domin domin
            """;

    private BashCompletion() {}

    static String write(List<String> plugins, List<String> functions) {
        var options = new StringBuilder();
        for (var command : Command.values()) {
            options.append(options.isEmpty() ? "" : "\n")
                    .append("        ")
                    .append(command == Command.RUN ? "''" : command.word())
                    .append(") COMPREPLY=($(compgen -W '")
                    .append(String.join(" ", Completion.options(command)))
                    .append("' -- \"$word\")) ;;");
        }
        var valued = new StringBuilder();
        var free = new StringBuilder();
        for (var option : Option.values()) {
            if (option.hasValue()) {
                valued.append(valued.isEmpty() ? "" : " | ").append(option.word());
                if (Completion.isFree(option) && option != Option.SEND_HEX) { // which is a flag of dump
                    free.append(free.isEmpty() ? "" : " | ").append(option.word());
                }
            }
        }
        return SCRIPT.replace("@PLUGINS@", String.join(" ", plugins))
                .replace("@FUNCTIONS@", String.join(" ", functions))
                .replace("@VALUED@", valued)
                .replace("@FREE@", free)
                .replace("@OPTIONS@", options)
                .replace("@NAMES@", Completion.commands())
                .replace("@SHELLS@", String.join(" ", Completion.SHELLS));
    }
}
