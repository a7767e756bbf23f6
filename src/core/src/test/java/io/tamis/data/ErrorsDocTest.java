package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/errors.md and {@link Code} say the same, in both directions. */
class ErrorsDocTest {
    private static final Pattern ROW = Pattern.compile("\\| <a id=\"([a-z0-9_]+)\"></a>([A-Z0-9_]+)(?: †)? "
            + "\\| ([a-z0-9]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

    private final Map<String, Row> rows = read();

    @Test
    void everyCode_hasARow() {
        var codes = Arrays.stream(Code.values()).map(Code::name).collect(Collectors.toSet());
        assertEquals(codes, rows.keySet());
    }

    @Test
    void rows_sayWhatTheCodeSays() {
        for (var code : Code.values()) {
            var row = rows.get(code.name());
            assertEquals(code.title(), row.meaning(), code.name());
            assertEquals(status(code), row.status(), code.name());
        }
    }

    @Test
    void links_leadToTheRow() {
        for (var code : Code.values()) {
            assertEquals("docs/errors.md#" + rows.get(code.name()).anchor(), code.documentation());
        }
    }

    @Test
    void rows_sayWhetherToRetryAndWhatToDo() {
        rows.forEach((name, row) -> {
            assertTrue(Set.of("no", "yes", "later").contains(row.retry()), name);
            assertFalse(row.remedy().isBlank(), name);
        });
    }

    private static String status(Code code) {
        return switch (code.status()) {
            case 0 -> "start";
            case 200 -> "cause";
            default -> Integer.toString(code.status());
        };
    }

    private static Map<String, Row> read() {
        var rows = new LinkedHashMap<String, Row>();
        for (String line : lines()) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                assertEquals(row.group(2).toLowerCase(Locale.ROOT), row.group(1), "the anchor is the code");
                var twice = rows.put(
                        row.group(2), new Row(row.group(1), row.group(3), row.group(4), row.group(5), row.group(6)));
                assertTrue(twice == null, "two rows for " + row.group(2));
            } else {
                assertFalse(line.contains("<a id="), "a row of another form: " + line);
            }
        }
        return rows;
    }

    private static Iterable<String> lines() {
        try {
            return Files.readAllLines(Path.of("../../docs/errors.md"));
        } catch (IOException missing) {
            throw new AssertionError("docs/errors.md is not beside the modules", missing);
        }
    }

    private record Row(String anchor, String status, String meaning, String retry, String remedy) {}
}
