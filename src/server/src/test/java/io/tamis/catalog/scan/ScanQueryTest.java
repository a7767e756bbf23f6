package io.tamis.catalog.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.data.ColumnName;
import io.tamis.sandbox.ScanFixture;
import io.tamis.sandbox.ScanFixture.Row;
import io.tamis.sandbox.ShopDeclaration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What DuckDB has to read must not depend on what a private dictionary holds: it shows in the time a scan takes. */
class ScanQueryTest {
    private static final int ROWS = 5_000;

    /** The last box of a plan is the scan; its last number of rows is what it read. */
    private static final Pattern READ = Pattern.compile("([0-9,]+) rows");

    @TempDir
    Path folder;

    private Path real;
    private Snapshot snapshot;

    @BeforeEach
    void write() throws java.io.IOException {
        real = folder.toRealPath();
        var rows = new ArrayList<Row>();
        for (int i = 0; i < ROWS; i++) {
            // Codes 1 and 3 only: that 2 is missing shows in no statistics but a bloom filter or a dictionary page.
            rows.add(new Row(i, 1L, 1L, 9_900, 0L, 1, 1, 5L, i % 2 == 0 ? 1 : 3));
        }
        snapshot = ScanFixture.write(real, rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'op':'EQ','values':['Lyon']",
                "'op':'EQ','values':['Brest']",
                "'op':'EQ','values':['Atlantis']",
                "'op':'NE','values':['Lyon']",
                "'op':'NE','values':['Atlantis']",
                "'op':'IN','values':['Lyon','Nice']",
                "'op':'IN','values':['Lyon','Atlantis']",
                "'op':'IN','values':['Utopia','Atlantis']",
                "'op':'IS_NULL'",
                "'op':'NOT_NULL'"
            })
    void scan_byAPrivateValue_readsEveryRow(String condition) throws SQLException {
        assertEquals(ROWS, read("{'column':'shop#city'," + condition + "}"));
    }

    @Test
    void scan_byManyPrivateValues_readsEveryRow() throws SQLException {
        String absent = IntStream.range(0, 63).mapToObj(i -> "'x" + i + "'").collect(Collectors.joining(","));
        assertEquals(ROWS, read("{'column':'shop#city','op':'IN','values':[" + absent + ",'Atlantis']}"));
        assertEquals(ROWS, read("{'column':'shop#city','op':'IN','values':[" + absent + ",'Lyon']}"));
    }

    /** Else the tests above would pass whatever is printed. */
    @Test
    void scan_byAPublicValue_mayReadLess() throws SQLException {
        assertTrue(read("{'column':'shop#channel','op':'EQ','values':['phone']}") < ROWS);
    }

    @Test
    void text_ofPresentAndAbsentValues_isTheSame() {
        String present = text("'Lyon','Nice'");
        assertEquals(present, text("'Lyon','Atlantis'"));
        assertEquals(present, text("'Utopia','Atlantis'"));
    }

    @Test
    void dictionary_isAskedOnceAColumn() {
        var asked = new ArrayList<Set<String>>();
        query(
                "{'column':'shop#city','op':'IN','values':['Lyon','Nice']},"
                        + "{'column':'shop#city','op':'NE','values':['Atlantis']},"
                        + "{'column':'shop#channel','op':'EQ','values':['web']}",
                (column, values) -> {
                    assertEquals(new ColumnName("city"), column);
                    asked.add(values);
                    return ScanFixture.cities(column, values);
                });
        assertEquals(List.of(Set.of("Lyon", "Nice", "Atlantis")), asked);
    }

    private long read(String condition) throws SQLException {
        var query = query(condition, ScanFixture::cities);
        try (Connection connection = HardenedDuckDb.open(real);
                var statement = connection.prepareStatement("EXPLAIN ANALYZE " + query.text(real, file()))) {
            query.bind(statement);
            try (var rows = statement.executeQuery()) {
                assertTrue(rows.next());
                return rowsOfTheScan(rows.getString(2));
            }
        }
    }

    private static long rowsOfTheScan(String plan) {
        int scan = plan.indexOf("READ_PARQUET");
        if (scan < 0) {
            return 0;
        }
        var matcher = READ.matcher(plan.substring(scan));
        assertTrue(matcher.find());
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }

    private String text(String values) {
        String condition = "{'column':'shop#city','op':'IN','values':[" + values + "]}";
        return query(condition, ScanFixture::cities).text(real, file());
    }

    private ScanFile file() {
        return snapshot.files().getFirst();
    }

    private static ScanQuery query(String conditions, ScanQuery.PrivateCodes codes) {
        var plan = ScanFixture.plan("{'measures':[{'id':'n','kind':'COUNT_USERS'}],'where':[" + conditions + "]}");
        return new ScanQuery(ScanFixture.query(plan), ShopDeclaration.dataset(), codes);
    }
}
