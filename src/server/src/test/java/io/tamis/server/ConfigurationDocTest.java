package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md has a row for every key of ours, and no other; keys read before Quarkus starts are there too. */
class ConfigurationDocTest {
    private static final Path MAIN = Path.of("src/main");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z][a-z0-9.-]*)` \\| ");
    private static final Pattern PROPERTY = Pattern.compile("(?m)^(?:%[a-z]+\\.)?(tamis\\.[a-z.-]+)=");
    private static final Pattern INJECTED = Pattern.compile("ConfigProperty\\(\\s*name = \"(tamis\\.[a-z0-9.-]+)\"");
    private static final Pattern SETTING = Pattern.compile("new Setting\\(\"([a-z.-]+)\"\\)");

    @Test
    void everyKeyOfOurs_hasARow() throws IOException {
        var inCode = new TreeSet<>(matches(MAIN.resolve("resources/application.properties"), PROPERTY));
        try (var files = Files.walk(MAIN.resolve("java"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                inCode.addAll(matches(file, INJECTED));
                inCode.addAll(matches(file, SETTING).stream()
                        .filter(key -> key.startsWith("tamis."))
                        .toList());
            }
        }
        var inDocs = new TreeSet<>(rows());
        inDocs.removeIf(key -> !key.startsWith("tamis."));
        assertEquals(inCode, inDocs);
    }

    @Test
    void settingsReadBeforeTheStart_haveARow() throws IOException {
        var settings = matches(MAIN.resolve("java/io/tamis/server/Setting.java"), SETTING);
        assertTrue(settings.size() >= 9, "settings were not seen");
        assertTrue(rows().containsAll(settings));
    }

    private static Set<String> rows() throws IOException {
        return matches(Path.of("../../docs/configuration.md"), ROW);
    }

    private static Set<String> matches(Path file, Pattern pattern) throws IOException {
        var found = new TreeSet<String>();
        var matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
