package dev.domin.conformance.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.conformance.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A change of a published API appears in the diff of a commit: {@code api.txt} in the module's folder lists the API.
 * {@code -Dapi.rewrite=true} writes the file.
 */
class PublicApiTest {

    @ParameterizedTest
    @ValueSource(strings = {"udp", "testkit", "junit", "inspector", "spi", "lang", "runtime"})
    void shouldHaveTheApiThatIsListed(String room) throws IOException {
        var file = Project.file(room).resolve("api.txt");
        var api = PublicApi.of(room);
        if (Boolean.getBoolean("api.rewrite")) {
            Files.write(file, api);
        }
        var listed = Files.isRegularFile(file) ? Files.readAllLines(file) : List.<String>of();
        assertThat(api)
                .as(
                        "the public API of %1$s/ has changed, but %1$s/api.txt lists the old one. If the change is"
                                + " intended, write the file and commit it: ./mvnw -q -Dfast -pl conformance -am test"
                                + " -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi.rewrite=true",
                        room)
                .isEqualTo(listed);
    }
}
