package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.JsonView;
import io.tamis.data.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The job files that the pages show are of the strict form, and name what is declared. */
class ExampleJobsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern FENCE = Pattern.compile("(?s)```json\\n(.*?)```");
    private static final Pattern COLUMN = Pattern.compile("\"([a-z][a-z0-9-]*)#([a-z][a-z0-9_]*)\"");

    @ParameterizedTest
    @MethodSource("examples")
    void example_datasetsAndColumns_areDeclared(String text) throws IOException {
        var job = JsonView.of(Json.parse(text));
        var datasets = new TreeSet<String>();
        for (JsonView dataset : job.at("datasets").items()) {
            datasets.add(dataset.at("id").text());
        }
        assertTrue(!datasets.isEmpty());
        assertTrue(job.at("reason").text().length() >= 10);
        for (MatchResult column : COLUMN.matcher(text).results().toList()) {
            assertTrue(datasets.contains(column.group(1)), column.group());
            String declared = Files.readString(ROOT.resolve("policies/datasets").resolve(column.group(1) + ".yaml"));
            assertTrue(declared.contains("name: " + column.group(2) + ","), column.group());
        }
        for (String list : List.of("audiences", "exposures")) {
            var named = job.at("params").at(list).items().stream()
                    .map(item -> item.at("dataset").text())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!named.isEmpty()) {
                assertEquals(datasets, named);
                assertTrue(job.at("collaborationId").text().startsWith("col_"));
            }
        }
    }

    static Stream<String> examples() throws IOException {
        var jobs = Stream.of("docs/api.md", "docs/collaborations.md")
                .map(page -> read(ROOT.resolve(page)))
                .flatMap(page -> FENCE.matcher(page).results())
                .map(fence -> fence.group(1))
                .filter(json -> json.contains("\"datasets\""))
                .toList();
        assertTrue(jobs.size() >= 3, "the pages show no jobs any more");
        return jobs.stream();
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
