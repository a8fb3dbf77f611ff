package dev.domin.cli;

import dev.domin.cli.files.FileErrors;
import dev.domin.cli.help.Help;
import dev.domin.cli.usage.Command;
import dev.domin.cli.usage.UsageText;
import dev.domin.spi.descriptor.PluginCatalog;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands that print a text about domin: {@code help}, {@code completion}, {@code man}, {@code --version} and
 * {@code --help}.
 *
 * @param cli the invocation
 * @param plugins the plugins that are described
 */
record Describing(Cli cli, PluginCatalog plugins) {

    /** Executes such a command; {@return the exit code} */
    ExitCode describe(CommandLine line) {
        var operands = line.operands();
        return switch (line.action()) {
            case HELP -> line.markdown().isEmpty() ? help(operands) : pages(line.markdown(), operands);
            case COMPLETION -> completion(operands);
            case MAN -> operands.isEmpty() ? cli.print(Pages.man()) : wrongUse("man takes no operand");
            case VERSION -> cli.print("domin " + Pages.version() + ", Java " + Runtime.version() + "\n");
            default -> cli.print(UsageText.of(line.command()));
        };
    }

    private ExitCode help(List<String> topics) {
        if (topics.isEmpty()) {
            return cli.print(
                    UsageText.all() + "\n" + Help.answer(plugins, topics).text());
        }
        var text = new StringBuilder();
        var others = new ArrayList<String>();
        for (String topic : topics) {
            if (Command.isName(topic)) {
                text.append(text.isEmpty() ? "" : "\n").append(UsageText.of(Command.of(topic)));
            } else {
                others.add(topic);
            }
        }
        if (others.isEmpty()) {
            return cli.print(text.toString());
        }
        var answer = Help.answer(plugins, others);
        if (!text.isEmpty() && !answer.text().isEmpty()) {
            text.append('\n');
        }
        return answer(new Help.Answer(text + answer.text(), answer.complaint()));
    }

    private ExitCode pages(String folder, List<String> topics) {
        if (folder.indexOf(FileErrors.REPLACEMENT) >= 0) {
            return wrongUse("cannot write to " + folder + ": " + FileErrors.reason(FileErrors.undecoded(folder)));
        }
        return answer(Help.write(plugins, folder, topics));
    }

    private ExitCode completion(List<String> shells) {
        String script = shells.size() == 1 ? Pages.completion(shells.getFirst(), plugins) : null;
        return script == null
                ? wrongUse("completion takes one of bash, zsh and fish, such as domin completion bash")
                : cli.print(script);
    }

    private ExitCode answer(Help.Answer answer) {
        var status = cli.print(answer.text());
        return answer.complaint().isEmpty() ? status : wrongUse(answer.complaint());
    }

    private ExitCode wrongUse(String sentence) {
        return cli.messages().wrongUse(sentence);
    }
}
