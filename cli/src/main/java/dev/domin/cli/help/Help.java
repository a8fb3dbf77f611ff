package dev.domin.cli.help;

import dev.domin.spi.descriptor.PluginCatalog;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The command {@code help}. Authors of plugins use it too: {@code domin --plugins DIR help --markdown docs NAME} writes
 * the page of a plugin that is not part of domin, so the generator of pages is part of the command.
 */
public final class Help {

    private Help() {}

    /**
     * The result of the command.
     *
     * @param text the text to print; may be empty
     * @param complaint an error message about the topics; empty if there is no error
     */
    public record Answer(String text, String complaint) {}

    /**
     * Returns the help on some topics.
     *
     * @param plugins the available plugins
     * @param topics the topics; none for the list of plugins
     * @return the answer
     */
    public static Answer answer(PluginCatalog plugins, List<String> topics) {
        var reference = new Reference(plugins);
        if (topics.isEmpty()) {
            return new Answer(PlainText.render(reference.index()), "");
        }
        var text = new StringBuilder();
        for (String topic : topics) {
            var page = reference.find(topic);
            if (page.isEmpty()) {
                return new Answer(text.toString(), "there is no help on " + topic + reference.suggestion(topic));
            }
            text.append(text.isEmpty() ? "" : "\n").append(PlainText.render(page));
        }
        return new Answer(text.toString(), "");
    }

    /**
     * Writes Markdown pages.
     *
     * @param plugins the available plugins
     * @param folder where to write
     * @param topics the plugins to write pages for; none for all
     * @return a message about the result
     */
    public static Answer write(PluginCatalog plugins, String folder, List<String> topics) {
        var reference = new Reference(plugins);
        for (String topic : topics) {
            if (!reference.hasPlugin(topic)) {
                return new Answer("", "there is no plugin " + topic + reference.suggestion(topic));
            }
        }
        var files = reference.files(topics);
        try {
            var directory = Files.createDirectories(Path.of(folder));
            for (var file : files.entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), Markdown.render(file.getValue()));
            }
        } catch (FileSystemException e) {
            return new Answer("", "cannot write to " + e.getFile() + ": " + reason(e));
        } catch (IOException | InvalidPathException e) {
            return new Answer("", "cannot write to " + folder + ": " + e.getMessage());
        }
        return new Answer(files.size() + " pages written to " + folder + "\n", "");
    }

    private static String reason(FileSystemException e) {
        return switch (e) {
            case java.nio.file.FileAlreadyExistsException _ -> "it is not a folder";
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            default -> e.getReason() == null ? "the system rejects it" : e.getReason();
        };
    }
}
