package dev.domin.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The scripts in the project's documentation: Markdown blocks fenced as {@code dom}. */
final class Documentation {

    private Documentation() {}

    /**
     * A script in a page.
     *
     * @param page the page's name
     * @param line the line where the script starts, from 1
     * @param text the script
     * @param output the content of an {@code output} block directly after it; null without one
     */
    record Block(String page, int line, String text, List<String> output) {

        String name() {
            return page + ":" + line;
        }

        /** {@return whether it is a complete file with directives, and not statements without them} */
        boolean isWhole() {
            return text.contains("\nplugin \"") || text.startsWith("plugin \"");
        }
    }

    /** {@return the scripts of all pages, in order} */
    static List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        blocks.addAll(blocksOf(Project.file("README.md")));
        blocks.addAll(blocksOf(Project.file("CONTRIBUTING.md")));
        try (Stream<Path> pages = Files.list(Project.file("docs"))) {
            pages.filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .forEach(page -> blocks.addAll(blocksOf(page)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blocks;
    }

    /**
     * Reads one page.
     *
     * @param page the page's file
     * @return its scripts in order
     */
    static List<Block> blocksOf(Path page) {
        List<String> lines;
        try {
            lines = Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).equals("```dom")) {
                continue;
            }
            int end = endOfBlock(lines, i);
            var text = String.join("\n", lines.subList(i + 1, end)) + "\n";
            int next = end + 1;
            while (next < lines.size() && lines.get(next).isBlank()) {
                next++;
            }
            List<String> output = null;
            if (next < lines.size() && lines.get(next).equals("```output")) {
                output = lines.subList(next + 1, endOfBlock(lines, next));
            }
            blocks.add(new Block(page.getFileName().toString(), i + 2, text, output));
            i = end;
        }
        return blocks;
    }

    /**
     * Finds a sample output of domin in a page: a block that is indented or fenced as {@code text}.
     *
     * @param page the page's path
     * @param start the start of the block
     * @return its lines
     */
    static String sample(String page, String start) {
        List<String> lines;
        try {
            lines = Files.readAllLines(Project.file(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var sample = new StringBuilder();
        for (int i = 0; i < lines.size() && sample.isEmpty(); i++) {
            String indent = lines.get(i).startsWith("    ") ? "    " : "";
            if (lines.get(i).startsWith(indent + start)
                    && (!indent.isEmpty() || lines.get(i - 1).equals("```text"))) {
                for (int j = i; lines.get(j).startsWith(indent) && !lines.get(j).equals("```"); j++) {
                    sample.append(lines.get(j), indent.length(), lines.get(j).length())
                            .append('\n');
                }
            }
        }
        if (sample.isEmpty()) {
            throw new IllegalStateException(page + " has no block that starts with " + start);
        }
        return sample.toString();
    }

    private static int endOfBlock(List<String> lines, int start) {
        int end = start + 1;
        while (!lines.get(end).equals("```")) {
            end++;
        }
        return end;
    }
}
