package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrowdTest {
    private static final int PERSONS = 20_000;

    /** Each row as declared, phones in the platform's own spelling. */
    private static final Map<Crowd, String> ROWS = Map.of(
            Crowd.SHOP,
            "138[0-9]{8},[0-9]{18},20-49,c[0-9]{1,2},([12]?[0-9]|30),[0-9]{1,4}\\.50,T[1-5],"
                    + "(18-24|25-34|35-44|45-54|55\\+),202[0-5]-[0-9]{2}-[0-9]{2},plus",
            Crowd.VIDEO,
            "\\+86 138-[0-9]{4}-[0-9]{4},c[0-9]{1,2},([0-2]?[0-9]{1,3}|3000),([12]?[0-9]|30),T[1-5],"
                    + "(18-24|25-34|35-44|45-54|55\\+),202[0-5]-[0-9]{2}-[0-9]{2},monthly",
            Crowd.MESSENGER,
            "0086 138 [0-9]{4} [0-9]{4},[0-9]{18},20-49,([0-2]?[0-9]{1,3}|3000),([12]?[0-9]|30),T[1-5],"
                    + "(18-24|25-34|35-44|45-54|55\\+),202[0-5]-[0-9]{2}-[0-9]{2}");

    @TempDir
    Path folder;

    private List<String> written(Crowd crowd, String name, int persons) {
        try {
            Path file = folder.resolve(name + crowd);
            crowd.write(file, persons);
            return Files.readAllLines(file);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** The phones of a platform as plain digits. */
    private Set<String> phones(Crowd crowd) {
        return written(crowd, "all", PERSONS).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')).replaceAll("[^0-9]", ""))
                .map(digits -> digits.substring(digits.length() - 11))
                .collect(Collectors.toSet());
    }

    @Test
    void write_samePersons_isTheSameFile() {
        for (Crowd crowd : Crowd.values()) {
            assertArrayEquals(
                    written(crowd, "a", 1_000).toArray(),
                    written(crowd, "b", 1_000).toArray());
        }
    }

    @Test
    void write_anyPerson_fitsTheDeclaration() {
        ROWS.forEach((crowd, form) -> {
            var lines = written(crowd, "a", PERSONS);
            assertEquals(PERSONS, lines.size() - 1);
            lines.stream().skip(1).forEach(line -> assertTrue(line.matches(form), line));
        });
    }

    /** One row a person; on all three as many as the bench expects, and 45 % of one on another. */
    @Test
    void write_threePlatforms_overlapAsPromised() {
        Set<String> shop = phones(Crowd.SHOP);
        Set<String> video = phones(Crowd.VIDEO);
        Set<String> messenger = phones(Crowd.MESSENGER);
        assertEquals(List.of(PERSONS, PERSONS, PERSONS), List.of(shop.size(), video.size(), messenger.size()));
        for (var pair : List.of(List.of(shop, video), List.of(shop, messenger), List.of(video, messenger))) {
            assertEquals(
                    PERSONS * 45 / 100, common(pair.getFirst(), pair.getLast()).size());
        }
        assertEquals(
                PERSONS / Crowd.OF_GROUP * Crowd.ON_ALL,
                common(common(shop, video), messenger).size());
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        var common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }
}
