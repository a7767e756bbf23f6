package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Column;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.DateRange;
import io.tamis.policy.load.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every file fits its declaration in policies/datasets, or the importer would refuse it. */
class DeclaredTest {
    private static final long LARGE_WORLD = 10_000_000;
    private static final int PERSONS = 20_000;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        WorldFiles.write(new World(new Seed(11), PERSONS), folder, 2, persons -> {});
    }

    private static Dataset declared(Table table) {
        return PolicyFiles.bundle().datasets().get(table.dataset());
    }

    private static List<Map<String, String>> rows(Table table) throws IOException {
        return Csv.rows(folder.resolve(table.file()));
    }

    @ParameterizedTest
    @EnumSource
    void header_ofATable_namesTheDeclaredColumns(Table table) {
        assertEquals(
                declared(table).columns().stream()
                        .map(column -> column.name().value())
                        .collect(Collectors.joining(",")),
                table.header());
    }

    @ParameterizedTest
    @EnumSource
    void values_ofATable_fitTheDeclaration(Table table) throws IOException {
        var rows = rows(table);
        assertTrue(rows.size() > 1_000);
        for (Column column : declared(table).columns()) {
            String name = column.name().value();
            var values = rows.stream().map(row -> row.get(name)).collect(Collectors.toCollection(HashSet::new));
            values.forEach(value -> assertTrue(fits(column, value), () -> name + " does not fit: " + value));
            column.keyCapacity().ifPresent(most -> assertTrue(values.size() <= most, name));
            if (!column.domain().isEmpty()) {
                assertEquals(new HashSet<>(column.domain()), values, name + " should show its whole domain");
            }
        }
    }

    private static boolean fits(Column column, String value) {
        return switch (column.type()) {
            case STRING ->
                !value.isEmpty()
                        && (column.domain().isEmpty() || column.domain().contains(value));
            case BOOLEAN -> value.matches("true|false");
            case INTEGER -> value.matches("0|[1-9][0-9]{0,17}");
            case DECIMAL -> value.matches("(0|[1-9][0-9]{0,15})\\.[0-9]{2}") && column.scale() == 2;
            case DATE -> contains(column.dateRange().orElseThrow(), LocalDate.parse(value));
            case TIMESTAMP -> {
                var moment = OffsetDateTime.parse(value);
                yield moment.getOffset().equals(ZoneOffset.UTC)
                        && contains(column.dateRange().orElseThrow(), moment.toLocalDate());
            }
        };
    }

    private static boolean contains(DateRange range, LocalDate day) {
        return range.contains(day);
    }

    @ParameterizedTest
    @EnumSource
    void phones_ofATable_haveTheFormOfOnePlatform(Table table) throws IOException {
        String unit = declared(table).unit().orElseThrow().column().value();
        String form = switch (declared(table).owner().value()) {
            case "shop" -> "1[0-9]{10}";
            case "video" -> "\\+86 1[0-9]{2}-[0-9]{4}-[0-9]{4}";
            case "messenger" -> "0086 1[0-9]{2} [0-9]{4} [0-9]{4}";
            case "brand-a" -> "\\+861[0-9]{10}";
            default -> throw new AssertionError("an owner nobody knows");
        };
        for (var row : rows(table)) {
            assertTrue(row.get(unit).matches(form), row.get(unit));
            assertTrue(Csv.phone(row.get(unit)).matches("1[3-9][0-9]{9}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void persons_ofATable_haveNoMoreRowsThanDeclared(Table table) throws IOException {
        var unit = declared(table).unit().orElseThrow();
        var perPerson = new HashMap<String, Integer>();
        for (var row : rows(table)) {
            perPerson.merge(row.get(unit.column().value()), 1, Integer::sum);
        }
        int most = perPerson.values().stream().mapToInt(rows -> rows).max().orElseThrow();
        assertTrue(most <= unit.rowsMax(), () -> "has " + most);
    }

    @Test
    void bounds_byConstruction_areWithinTheDeclared() {
        int campaigns = Campaign.values().length;
        assertTrue(campaigns * Planted.FREQUENCY_MAX <= rowsMax(Table.VIDEO_EXPOSURES));
        assertTrue(campaigns * Planted.FREQUENCY_MAX <= rowsMax(Table.MESSENGER_EXPOSURES));
        assertTrue(2 * Planted.TOUCHES_MAX <= rowsMax(Table.TOUCHPOINTS));
        assertTrue(Planted.ORDERS_MAX <= rowsMax(Table.ORDERS));
        assertEquals(1, rowsMax(Table.SHOP_USERS));
    }

    private static int rowsMax(Table table) {
        return declared(table).unit().orElseThrow().rowsMax();
    }

    @ParameterizedTest
    @EnumSource
    void capacity_ofATable_holdsTenMillionPersons(Table table) throws IOException {
        long expected = rows(table).size() * (LARGE_WORLD / PERSONS);
        assertTrue(expected * 21 / 20 < declared(table).rowCapacity(), () -> "would have " + expected);
    }

    @ParameterizedTest
    @EnumSource
    void unit_ofATable_isTheMobilePhone(Table table) {
        assertEquals(
                "CN_MOBILE", declared(table).unit().orElseThrow().semantic().value());
        assertTrue(declared(table).columns().stream()
                .anyMatch(column -> column.type() == ColumnType.STRING
                        && column.name()
                                .equals(declared(table).unit().orElseThrow().column())));
    }

    /** The comment of the declarations: who is counted in three campaigns at most loses nothing, mostly. */
    @ParameterizedTest
    @EnumSource(names = {"VIDEO_EXPOSURES", "MESSENGER_EXPOSURES"})
    void campaigns_ofNinePersonsInTen_areThreeOrFewer(Table table) throws IOException {
        var campaigns = new HashMap<String, HashSet<String>>();
        for (var row : rows(table)) {
            campaigns.computeIfAbsent(row.get("phone"), _ -> new HashSet<>()).add(row.get("campaign"));
        }
        long few = campaigns.values().stream().filter(seen -> seen.size() <= 3).count();
        assertTrue(few * 10 >= campaigns.size() * 9L);
    }
}
