package io.tamis.policy.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Clamp;
import io.tamis.data.Column;
import io.tamis.data.ColumnType;
import io.tamis.data.ConsentClass;
import io.tamis.data.Dataset;
import io.tamis.data.DateRange;
import io.tamis.data.Flag;
import io.tamis.data.LabelledBy;
import io.tamis.data.Level;
import io.tamis.data.NationalGrade;
import io.tamis.data.Sharing;
import io.tamis.data.Use;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetReaderTest {
    private static final String HEAD = """
            apiVersion: policy/v1
            kind: Dataset
            id: visits
            owner: shop-one
            steward: { person: u-7, department: web }
            nationalGrade: IMPORTANT
            consent: GENERAL
            pia: null
            minUsers: 100
            rowCapacity: 5000
            unit: { column: device, semantic: DEVICE, groupsMax: 2, rowsMax: 9 }
            columns:
              - { name: device, type: string, level: L4, flags: [PERSONAL], semantic: DEVICE, labelledBy: STEWARD, uses: [JOIN_ONLY], countMax: 3 }
            """;

    private final Problems problems = new Problems();

    private Optional<Dataset> read(String... columns) {
        var text = new StringBuilder(HEAD);
        for (String column : columns) {
            text.append("  - { ").append(column).append(" }\n");
        }
        return readText(text.toString());
    }

    private Optional<Dataset> readText(String text) {
        try {
            Yaml document = YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of(), Schemas.check("dataset", "datasets/visits.yaml", document, 10));
            return new DatasetReader("datasets/visits.yaml", Level.L4, problems).read(document);
        } catch (YamlReader.Refused refused) {
            throw new AssertionError(refused);
        }
    }

    private Column column(String text) {
        return read(text)
                .orElseThrow(() -> new AssertionError(problems.list()))
                .columns()
                .get(1);
    }

    private String problem() {
        return problems.list().getFirst().toString();
    }

    @Test
    void dataset_asWritten_isRead() {
        Dataset visits = read().orElseThrow();
        assertEquals("visits", visits.id().value());
        assertEquals("shop-one", visits.owner().value());
        assertEquals("u-7", visits.steward().person().value());
        assertEquals("web", visits.steward().department().value());
        assertEquals(NationalGrade.IMPORTANT, visits.nationalGrade());
        assertEquals(Sharing.COLLABORATION, visits.sharing(), "what a declaration does not open stays closed");
        assertEquals(ConsentClass.GENERAL, visits.consent());
        assertEquals(Optional.empty(), visits.pia());
        assertEquals(100, visits.minUsers());
        assertEquals(5000, visits.rowCapacity());
        assertEquals(2, visits.unit().orElseThrow().groupsMax());
        assertEquals(9, visits.unit().orElseThrow().rowsMax());
        assertEquals(OptionalInt.of(3), visits.columns().getFirst().countMax());
    }

    @Test
    void column_ofIntegers_hasItsClampAndDomain() {
        Column pages =
                column("name: pages, type: integer, level: L2, flags: [], semantic: QUANTITY, labelledBy: STEWARD,"
                        + " uses: [GROUP_KEY, AGGREGATE_ONLY], domain: [1, 2, -3], clamp: { min: -5, max: 7 }");
        assertEquals(ColumnType.INTEGER, pages.type());
        assertEquals(List.of("1", "2", "-3"), pages.domain());
        assertEquals(Optional.of(new Clamp(-5, 7)), pages.clamp());
        assertEquals(0, pages.scale());
        assertEquals(Set.of(), pages.flags());
        assertTrue(pages.hasDeclaredKeys());
    }

    @Test
    void column_ofBooleans_hasItsDomainAsText() {
        Column member = column("name: member, type: boolean, level: L1, flags: [], semantic: NONE, labelledBy: STEWARD,"
                + " uses: [PUBLIC], domain: [false, true]");
        assertEquals(List.of("false", "true"), member.domain());
        assertEquals(Set.of(Use.PUBLIC), member.uses());
    }

    @Test
    void column_ofDays_hasItsRange() {
        Column seen = column("name: seen, type: date, level: L2, flags: [PERSONAL, CROSS_BORDER], semantic: DATE,"
                + " labelledBy: PROFILER_CONFIRMED, uses: [FILTER_ONLY],"
                + " dateRange: { from: \"2024-02-29\", to: \"2024-02-29\" }");
        var day = LocalDate.of(2024, 2, 29);
        assertEquals(Optional.of(new DateRange(day, day)), seen.dateRange());
        assertEquals(Set.of(Flag.PERSONAL, Flag.CROSS_BORDER), seen.flags());
        assertEquals(LabelledBy.PROFILER_CONFIRMED, seen.labelledBy());
    }

    @Test
    void column_ofDecimals_hasItsScale() {
        Column paid = column("name: paid, type: decimal, scale: 3, level: L3, flags: [PERSONAL], semantic: AMOUNT,"
                + " labelledBy: STEWARD, uses: [AGGREGATE_ONLY], clamp: { min: 0, max: 1 }");
        assertEquals(3, paid.scale());
        assertEquals(ColumnType.DECIMAL, paid.type());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "level: L1||PUBLIC",
                "level: L2||AGGREGATE_ONLY FILTER_ONLY",
                "level: L2|, domain: [a]|AGGREGATE_ONLY FILTER_ONLY GROUP_KEY",
                "level: L2|, keyCapacity: 9|AGGREGATE_ONLY FILTER_ONLY GROUP_KEY",
                "level: L3||AGGREGATE_ONLY FILTER_ONLY",
                "level: L3|, domain: [a]|AGGREGATE_ONLY FILTER_ONLY",
                "level: L3|, keyCapacity: 9|AGGREGATE_ONLY FILTER_ONLY GROUP_KEY",
                "level: L4||JOIN_ONLY",
                "level: L5||DENY",
            })
    void uses_leftOut_areThoseOfTheLevelThatCanBeBounded(String level, String more, String uses) {
        Column read = column("name: x, type: string, " + level + ", flags: [], semantic: NONE, labelledBy: STEWARD"
                + (more == null ? "" : more));
        assertEquals(
                List.of(uses.split(" ")),
                read.uses().stream().map(Enum::name).sorted().toList());
    }

    @Test
    void level_leftOut_isTheTaxonomysDefaultWhoeverLabelled() {
        Column read = column("name: x, type: string, flags: [], semantic: NONE, labelledBy: STEWARD");
        assertEquals(Level.L4, read.level());
        assertEquals(LabelledBy.DEFAULT, read.labelledBy());
        assertEquals(Set.of(Use.JOIN_ONLY), read.uses());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: integer|clamp: { min: 2, max: 1 }|#/columns/1/clamp: has min over max",
                "type: date|dateRange: { from: \"2024-02-30\", to: \"2024-03-01\" }|#/columns/1/dateRange: is not a range of days",
                "type: date|dateRange: { from: \"2024-03-02\", to: \"2024-03-01\" }|#/columns/1/dateRange: is not a range of days",
                "type: string|domain: [\"\"]|#/columns/1/domain: has a value that is empty, too long or not of the column's type",
                "type: string|domain: [1]|#/columns/1/domain: has a value that is empty, too long or not of the column's type",
                "type: string|domain: [true]|#/columns/1/domain: has a value that is empty, too long or not of the column's type",
                "type: integer|domain: [\"1\"]|#/columns/1/domain: has a value that is empty, too long or not of the column's type",
                "type: boolean|domain: [1]|#/columns/1/domain: has a value that is empty, too long or not of the column's type",
                "type: timestamp|keyCapacity: 3, countMax: 2|none",
            })
    void column_outOfRange_isNamed(String type, String more, String expected) {
        read("name: x, " + type + ", level: L2, flags: [], semantic: NONE, labelledBy: STEWARD, uses: [FILTER_ONLY], "
                + more);
        assertEquals(expected, problems.isEmpty() ? "none" : problem().substring("datasets/visits.yaml".length()));
    }

    @Test
    void domain_withALongValue_isRefused() {
        read("name: x, type: string, level: L1, flags: [], semantic: NONE, labelledBy: STEWARD, uses: [PUBLIC],"
                + " domain: [" + "y".repeat(257) + "]");
        assertEquals("/columns/1/domain", problems.list().getFirst().pointer());
    }

    @Test
    void columns_wrongInSeveralPlaces_areAllNamed() {
        assertEquals(
                Optional.empty(),
                read(
                        "name: x, type: integer, level: L3, flags: [], semantic: NONE, labelledBy: STEWARD, clamp: { min: 2, max: 1 }",
                        "name: y, type: integer, level: L3, flags: [], semantic: NONE, labelledBy: STEWARD, clamp: { min: 3, max: 1 }"));
        assertEquals(
                List.of("/columns/1/clamp", "/columns/2/clamp"),
                problems.list().stream().map(Problem::pointer).toList());
    }

    @Test
    void column_givenTwice_isRefused() {
        assertEquals(
                Optional.empty(),
                read("name: device, type: string, level: L1, flags: [], semantic: NONE, labelledBy: STEWARD"));
        assertEquals(
                "datasets/visits.yaml: has a column twice, a unit that is no column, or a malformed steward",
                problem());
    }

    @Test
    void steward_whoIsAName_isRefused() {
        assertEquals(Optional.empty(), readText(HEAD.replace("person: u-7", "person: \"Jane Doe\"")));
        assertEquals(
                "datasets/visits.yaml: has a column twice, a unit that is no column, or a malformed steward",
                problem());
    }

    @Test
    void assessment_untilNoDay_isRefused() {
        String text =
                HEAD.replace("pia: null", "pia: { id: p-1, purposes: [ATTRIBUTION], validUntil: \"2026-02-29\" }");
        assertEquals(Optional.empty(), readText(text));
        assertEquals("datasets/visits.yaml#/pia: is not a valid assessment", problem());
    }

    @Test
    void dataset_withoutPersons_needsNoUnit() {
        String text = HEAD.substring(0, HEAD.indexOf("unit:")) + "unit: null\ncolumns:\n"
                + "  - { name: sku, type: string, level: L1, flags: [], semantic: NONE, labelledBy: STEWARD }\n";
        assertEquals(Optional.empty(), readText(text).orElseThrow().unit());
    }
}
