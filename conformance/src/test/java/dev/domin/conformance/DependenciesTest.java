package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the build downloads: each file has a recorded checksum, and each jar a known licence. {@code
 * -Dlicences.rewrite=true} writes the list of licences anew.
 */
@Timeout(180)
class DependenciesTest {

    private static final String CHECKSUMS = ".mvn/checksums/checksums.sha256";
    private static final String PAGE = "docs/licences.md";

    /** The licences that are accepted, each with the names that projects use for it. */
    private static final Map<String, List<String>> ACCEPTED = Map.of(
            "Apache-2.0",
            List.of(
                    "Apache-2.0",
                    "Apache License, Version 2.0",
                    "Apache License v2.0",
                    "The Apache Software License, Version 2.0",
                    "The Apache License, Version 2.0",
                    "Apache 2.0",
                    "Apache License 2.0",
                    "Apache License Version 2.0",
                    "Apache Public License 2.0",
                    "Apache 2"),
            "EPL-2.0",
            List.of(
                    "EPL-2.0",
                    "Eclipse Public License v2.0",
                    "Eclipse Public License, Version 2.0",
                    "Eclipse Public License - v 2.0"),
            "BSD-3-Clause",
            List.of("BSD-3-Clause", "The BSD3 License", "BSD Licence 3"),
            "BSD-2-Clause",
            List.of("BSD-2-Clause", "BSD 2-Clause License", "The BSD 2-Clause License"),
            "MIT",
            List.of("The MIT License", "MIT License"),
            "GPL-2.0 with classpath exception",
            List.of(
                    "GNU General Public License, version 2 (GPL2), with the classpath exception",
                    "GNU General Public License (GPL), version 2, with the Classpath exception"),
            "0BSD",
            List.of("0BSD"),
            "public domain",
            List.of("Public Domain"),
            "JDOM",
            List.of("Similar to Apache License but with the acknowledgment clause removed"));

    /** Jars whose POM names no licence; their sources do. */
    private static final Map<String, String> NAMED_IN_SOURCES = Map.of("org.codehaus.plexus:plexus-i18n", "Apache-2.0");

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([^|]+) \\|");

    @TempDir
    Path folder;

    @Test
    void shouldHaveAnAcceptedLicenceForEachJar() throws IOException {
        var jars = jars();
        if (Boolean.getBoolean("licences.rewrite")) {
            rewrite(jars);
        }
        var listed = new TreeMap<String, String>();
        var rows = ROW.matcher(Files.readString(Project.file(PAGE)));
        while (rows.find()) {
            listed.put(rows.group(1), rows.group(2));
        }
        assertThat(listed.keySet())
                .as("jars in %s; -Dlicences.rewrite=true", PAGE)
                .isEqualTo(jars.keySet());
        assertThat(ACCEPTED.keySet()).as("accepted licences").containsAll(listed.values());
    }

    /** {@return the path of a POM in the local repository for each jar, by group and artifact} */
    private static Map<String, String> jars() throws IOException {
        var jars = new TreeMap<String, String>();
        for (String line : Files.readAllLines(Project.file(CHECKSUMS))) {
            String path = line.substring(line.lastIndexOf(' ') + 1);
            if (path.endsWith(".jar")) {
                int version = path.lastIndexOf('/');
                int artifact = path.lastIndexOf('/', version - 1);
                int group = path.lastIndexOf('/', artifact - 1);
                String name = path.substring(group + 1, artifact);
                jars.put(
                        path.substring(0, group).replace('/', '.') + ":" + name,
                        path.substring(0, version + 1) + name + "-" + path.substring(artifact + 1, version) + ".pom");
            }
        }
        assertThat(jars).hasSizeGreaterThan(50);
        return jars;
    }

    private static void rewrite(Map<String, String> jars) throws IOException {
        var page = new StringBuilder("""
                # Licences of what the build downloads

                Every jar that the build, the tests and the measurements use, with its licence. `DependenciesTest` writes this page
                from the jars with a recorded checksum, and fails if a licence is not accepted. Of all these, only
                `com.google.code.gson:gson` is part of `domin.jar`; [dependencies.md](dependencies.md) has the reasons for those that
                this project names itself.

                | jar | licence |
                |---|---|
                """);
        for (var jar : jars.entrySet()) {
            page.append("| `")
                    .append(jar.getKey())
                    .append("` | ")
                    .append(licence(jar))
                    .append(" |\n");
        }
        Files.writeString(Project.file(PAGE), page);
    }

    private static String licence(Map.Entry<String, String> jar) throws IOException {
        String known = NAMED_IN_SOURCES.get(jar.getKey());
        if (known != null) {
            return known;
        }
        var names = licenceNames(repository().resolve(jar.getValue()));
        for (String name : names) {
            for (var accepted : ACCEPTED.entrySet()) {
                if (accepted.getValue().contains(name)) {
                    return accepted.getKey();
                }
            }
        }
        return String.join(" or ", names);
    }

    /** {@return the names in a POM or, if it has none, in its parent} */
    private static List<String> licenceNames(Path pom) throws IOException {
        String text = Pattern.compile("<!--.*?-->", Pattern.DOTALL)
                .matcher(Files.readString(pom, StandardCharsets.ISO_8859_1))
                .replaceAll("");
        String licences = inner(text, "licenses");
        var names = new ArrayList<String>();
        var each = Pattern.compile("<name>\\s*(.*?)\\s*</name>", Pattern.DOTALL).matcher(licences);
        while (each.find()) {
            names.add(each.group(1));
        }
        String parent = inner(text, "parent");
        if (!names.isEmpty() || parent.isEmpty()) {
            return names;
        }
        String artifact = inner(parent, "artifactId");
        String version = inner(parent, "version");
        return licenceNames(repository()
                .resolve(inner(parent, "groupId").replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom"));
    }

    private static String inner(String text, String element) {
        var match = Pattern.compile("<" + element + ">\\s*(.*?)\\s*</" + element + ">", Pattern.DOTALL)
                .matcher(text);
        return match.find() ? match.group(1) : "";
    }

    private static Path repository() {
        return Path.of(System.getProperty(
                "maven.repo.local",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));
    }

    @Test
    void shouldRefuseADownloadWithAnotherChecksum() throws Exception {
        var recorded = Files.readString(Project.file(CHECKSUMS));
        var plugin = Pattern.compile("[0-9a-f]{4}(\\w+ +\\S+/maven-resources-plugin-[\\d.]+jar)")
                .matcher(recorded);
        assertThat(plugin.find()).isTrue();
        assertThat(refusal(plugin.replaceFirst("0000$1"))).contains("maven-resources-plugin", "checksum mismatch");
        assertThat(refusal(plugin.replaceFirst(""))).contains("maven-resources-plugin", "Missing from", "checksum");
    }

    private String refusal(String checksums) throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(repository()), "there is a local repository");
        var summary = folder.resolve("checksums.sha256");
        Files.writeString(summary, checksums.replace("\n\n", "\n"));
        var maven = new ProcessBuilder(
                        Project.file("mvnw").toString(),
                        "-o",
                        "-B",
                        "-Dfast",
                        "-Dmaven.repo.local=" + repository(),
                        "-Daether.trustedChecksumsSource.summaryFile.basedir=" + folder,
                        "-pl",
                        "spi",
                        "resources:help")
                .directory(Project.file("").toFile())
                .redirectErrorStream(true);
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = maven.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isNotZero();
        return output;
    }
}
