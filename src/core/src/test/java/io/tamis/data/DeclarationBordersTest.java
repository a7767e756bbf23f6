package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A declaration that would let a release go wrong cannot be built, even by code that skips the bundle's reader. */
class DeclarationBordersTest {
    private static final LocalDate DAY = LocalDate.of(2026, 2, 28);

    private static Column column(List<String> domain, OptionalInt keyCapacity, OptionalInt countMax) {
        return new Column(
                new ColumnName("city"),
                ColumnType.STRING,
                0,
                Level.L2,
                Set.of(),
                new Semantic("CITY"),
                LabelledBy.STEWARD,
                EnumSet.of(Use.GROUP_KEY),
                domain,
                Optional.empty(),
                keyCapacity,
                countMax,
                Optional.empty());
    }

    private static Column column(List<String> domain) {
        return column(domain, OptionalInt.empty(), OptionalInt.empty());
    }

    private static Dataset dataset(int minUsers, long rowCapacity) {
        return new Dataset(
                new DatasetId("cdnow"),
                new PartyId("shop"),
                new Steward(new PersonId("u1"), new DepartmentId("data")),
                NationalGrade.GENERAL,
                Sharing.PUBLISHED,
                ConsentClass.GENERAL,
                Optional.empty(),
                minUsers,
                rowCapacity,
                Optional.empty(),
                List.of(column(List.of("bj"))));
    }

    /** k = 0 would suppress nothing. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void dataset_withoutPersonsBehindACell_isRefused(int minUsers) {
        assertThrows(DataException.class, () -> dataset(minUsers, 1));
        assertEquals(1, dataset(1, 1).minUsers());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void dataset_withoutRoomForARow_isRefused(long rowCapacity) {
        assertThrows(DataException.class, () -> dataset(1, rowCapacity));
        assertEquals(1, dataset(1, 1).rowCapacity());
    }

    /** A key's code is its position in the domain: one key with two codes would be two groups, each below its truth. */
    @Test
    void column_domainWithAKeyTwice_isRefused() {
        assertEquals(List.of("bj", "sh"), column(List.of("bj", "sh")).domain());
        assertThrows(DataException.class, () -> column(List.of("bj", "sh", "bj")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void column_withoutRoomForAKeyOrACount_isRefused(int none) {
        assertThrows(DataException.class, () -> column(List.of(), OptionalInt.of(none), OptionalInt.empty()));
        assertThrows(DataException.class, () -> column(List.of(), OptionalInt.empty(), OptionalInt.of(none)));
        var least = column(List.of(), OptionalInt.of(1), OptionalInt.of(1));
        assertEquals(OptionalInt.of(1), least.keyCapacity());
        assertEquals(OptionalInt.of(1), least.countMax());
    }

    @Test
    void column_collections_areCopied() {
        var domain = new ArrayList<>(List.of("bj"));
        var column = column(domain);
        domain.add("sh");
        assertEquals(List.of("bj"), column.domain());
        assertThrows(UnsupportedOperationException.class, () -> column.domain().clear());
        assertThrows(UnsupportedOperationException.class, () -> column.uses().clear());
        assertThrows(UnsupportedOperationException.class, () -> column.flags().clear());
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void use_defaults_areAnswersOfTheirOwn(Level level) {
        var defaults = Use.defaultsOf(level);
        defaults.clear();
        assertFalse(Use.defaultsOf(level).isEmpty(), "one caller's set is not the next one's");
    }

    /** DENY stands alone: whoever asks for DENY as a use gets no for it too. */
    @ParameterizedTest
    @EnumSource(Level.class)
    void use_defaults_neverMixDenyWithARight(Level level) {
        var defaults = Use.defaultsOf(level);
        assertTrue(!defaults.contains(Use.DENY) || defaults.size() == 1);
    }

    /** Days are compared as days: leap years, year ends and the ends of time are no exceptions. */
    @Test
    void dateRange_contains_equalsCounting() {
        Samples.forAll(
                70_000,
                2_000,
                seed -> List.of(
                        DAY.plusDays(seed.nextInt(-400, 400)),
                        DAY.plusDays(seed.nextInt(-400, 400)),
                        DAY.plusDays(seed.nextInt(-500, 500))),
                days -> {
                    LocalDate from = days.get(0).isBefore(days.get(1)) ? days.get(0) : days.get(1);
                    LocalDate to = days.get(0).isBefore(days.get(1)) ? days.get(1) : days.get(0);
                    long day = days.get(2).toEpochDay();
                    assertEquals(
                            from.toEpochDay() <= day && day <= to.toEpochDay(),
                            new DateRange(from, to).contains(days.get(2)));
                });
        assertTrue(new DateRange(LocalDate.MIN, LocalDate.MAX).contains(DAY));
    }

    @Test
    void pia_withoutPurposes_coversNothing() {
        var pia = new Pia("pia-1", Set.of(), LocalDate.MAX);
        for (var purpose : Purpose.values()) {
            assertFalse(pia.covers(purpose, LocalDate.MIN));
        }
    }

    @Test
    void clamp_ofOneValue_movesEverythingThere() {
        for (long bound : new long[] {-((1L << 53) - 1), -1, 0, 1, (1L << 53) - 1}) {
            var clamp = new Clamp(bound, bound);
            for (long value : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
                assertEquals(bound, clamp.apply(value));
            }
            assertEquals(Math.abs(bound), clamp.magnitude());
        }
    }
}
