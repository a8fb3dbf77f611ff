package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tests in the pages about testing pass, except for those whose failure the page shows. */
@Timeout(300)
class TestingPagesTest {

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> shouldRunTheTestsOfTheTutorial() throws Exception {
        return run("docs/testing.md", 20);
    }

    @TestFactory
    Stream<DynamicTest> shouldRunTheRecipes() throws Exception {
        return run("docs/testing-recipes.md", 10);
    }

    @TestFactory
    Stream<DynamicTest> shouldRunTheTestOfTheReadme() throws Exception {
        return run("README.md", 1);
    }

    private Stream<DynamicTest> run(String path, int least) throws Exception {
        var page = JavaPage.read(path);
        assertThat(page.tests()).hasSizeGreaterThanOrEqualTo(least);
        var results = page.run(folder, Project.file("examples/junit-dns/src/main/java"));
        return page.tests().stream()
                .map(test -> DynamicTest.dynamicTest(test, () -> page.check(test, results.get(test))));
    }
}
