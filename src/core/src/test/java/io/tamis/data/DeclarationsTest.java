package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns, units, datasets and what bounds them. */
class DeclarationsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private static Column column(String name, Set<Use> uses, List<String> domain, Optional<DateRange> dates) {
        return new Column(
                new ColumnName(name),
                ColumnType.STRING,
                0,
                Level.L2,
                Set.of(Flag.PERSONAL),
                new Semantic("X"),
                LabelledBy.STEWARD,
                uses,
                domain,
                dates,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    private static Column column(String name, Set<Use> uses) {
        return column(name, uses, List.of(), Optional.empty());
    }

    private static Dataset dataset(Optional<Unit> unit, List<Column> columns) {
        return new Dataset(
                new DatasetId("cdnow"),
                new PartyId("shop"),
                new Steward(new PersonId("u1"), new DepartmentId("data")),
                NationalGrade.GENERAL,
                Sharing.PUBLISHED,
                ConsentClass.GENERAL,
                Optional.empty(),
                50,
                1000,
                unit,
                columns);
    }

    @Test
    void column_allows_whatIsDeclared() {
        var key = column("a", EnumSet.of(Use.GROUP_KEY));
        assertTrue(key.allows(Use.GROUP_KEY));
        assertFalse(key.allows(Use.AGGREGATE_ONLY));
        assertFalse(key.allows(Use.JOIN_ONLY));
    }

    /** PUBLIC opens the three open uses; it is no join and no encryption. */
    @Test
    void column_public_allowsGroupFilterAndAggregateOnly() {
        var open = column("a", EnumSet.of(Use.PUBLIC));
        var allowed = new HashSet<Use>();
        for (var use : Use.values()) {
            if (open.allows(use)) {
                allowed.add(use);
            }
        }
        assertEquals(EnumSet.of(Use.PUBLIC, Use.GROUP_KEY, Use.FILTER_ONLY, Use.AGGREGATE_ONLY), allowed);
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void column_deny_overridesEverything(Use use) {
        assertFalse(column("a", EnumSet.of(Use.DENY, use)).allows(use));
    }

    @Test
    void column_withoutUsesOrWithAWildScale_isRefused() {
        assertThrows(DataException.class, () -> column("a", Set.of()));
        var good = column("a", EnumSet.of(Use.PUBLIC));
        for (int scale : new int[] {-1, 10}) {
            assertThrows(
                    DataException.class,
                    () -> new Column(
                            good.name(),
                            good.type(),
                            scale,
                            good.level(),
                            good.flags(),
                            good.semantic(),
                            good.labelledBy(),
                            good.uses(),
                            good.domain(),
                            good.dateRange(),
                            good.keyCapacity(),
                            good.countMax(),
                            good.clamp()));
        }
    }

    @Test
    void column_declaredKeys_areADomainOrADateRange() {
        assertFalse(column("a", EnumSet.of(Use.GROUP_KEY)).hasDeclaredKeys());
        assertTrue(column("a", EnumSet.of(Use.GROUP_KEY), List.of("x"), Optional.empty())
                .hasDeclaredKeys());
        assertTrue(column("a", EnumSet.of(Use.GROUP_KEY), List.of(), Optional.of(new DateRange(DAY, DAY)))
                .hasDeclaredKeys());
    }

    @Test
    void dataset_columns_areFoundByName() {
        var dataset = dataset(Optional.empty(), List.of(column("a", EnumSet.of(Use.PUBLIC))));
        assertEquals(
                Optional.of(new ColumnName("a")),
                dataset.column(new ColumnName("a")).map(Column::name));
        assertTrue(dataset.column(new ColumnName("b")).isEmpty());
    }

    @Test
    void dataset_withoutColumnsOrWithOneTwice_isRefused() {
        assertThrows(DataException.class, () -> dataset(Optional.empty(), List.of()));
        var twice = List.of(column("a", EnumSet.of(Use.PUBLIC)), column("a", EnumSet.of(Use.DENY)));
        assertThrows(DataException.class, () -> dataset(Optional.empty(), twice));
    }

    @Test
    void dataset_unitThatIsNoColumn_isRefused() {
        var columns = List.of(column("a", EnumSet.of(Use.JOIN_ONLY)));
        var unit = new Unit(new ColumnName("b"), new Semantic("X"), 1, 1);
        assertThrows(DataException.class, () -> dataset(Optional.of(unit), columns));
    }

    /** One person may be allowed more rows than the version: the bound is on either. */
    @Test
    void dataset_rowsMost_isTheLargerOfCapacityAndAPersonsRows() {
        var columns = List.of(column("a", EnumSet.of(Use.JOIN_ONLY)));
        assertEquals(1000, dataset(Optional.empty(), columns).rowsMost());
        for (int rowsMax : new int[] {1, 1000, 1001}) {
            var unit = new Unit(new ColumnName("a"), new Semantic("X"), 1, rowsMax);
            assertEquals(
                    Math.max(1000, rowsMax), dataset(Optional.of(unit), columns).rowsMost());
        }
    }

    @Test
    void unit_withoutRoomForAPerson_isRefused() {
        assertThrows(DataException.class, () -> new Unit(new ColumnName("a"), new Semantic("X"), 0, 1));
        assertThrows(DataException.class, () -> new Unit(new ColumnName("a"), new Semantic("X"), 1, 0));
    }

    @Test
    void clamp_apply_staysInBounds() {
        Samples.forAll(1, 500, DeclarationsTest::clampAndValue, sample -> {
            var clamp = new Clamp(Math.min(sample[0], sample[1]), Math.max(sample[0], sample[1]));
            long applied = clamp.apply(sample[2]);
            assertTrue(clamp.min() <= applied && applied <= clamp.max());
            assertTrue(Math.abs(applied) <= clamp.magnitude());
            if (clamp.min() <= sample[2] && sample[2] <= clamp.max()) {
                assertEquals(sample[2], applied);
            }
            assertEquals(applied, clamp.apply(applied));
        });
    }

    private static long[] clampAndValue(SplittableRandom seed) {
        return new long[] {seed.nextLong(-1000, 1000), seed.nextLong(-1000, 1000), seed.nextLong(-5000, 5000)};
    }

    @Test
    void clamp_limits_areHeld() {
        long limit = (1L << 53) - 1;
        assertEquals(limit, new Clamp(-limit, limit).magnitude());
        assertThrows(DataException.class, () -> new Clamp(1, 0));
        assertThrows(DataException.class, () -> new Clamp(-limit - 1, 0));
        assertThrows(DataException.class, () -> new Clamp(0, limit + 1));
        assertThrows(DataException.class, () -> new Clamp(Long.MIN_VALUE, 0));
        assertEquals(limit, new Clamp(-limit, limit).apply(Long.MAX_VALUE));
        assertEquals(-limit, new Clamp(-limit, limit).apply(Long.MIN_VALUE));
    }

    @Test
    void dateRange_contains_bothEnds() {
        var range = new DateRange(DAY, DAY.plusDays(1));
        assertTrue(range.contains(DAY));
        assertTrue(range.contains(DAY.plusDays(1)));
        assertFalse(range.contains(DAY.minusDays(1)));
        assertFalse(range.contains(DAY.plusDays(2)));
        assertThrows(DataException.class, () -> new DateRange(DAY, DAY.minusDays(1)));
    }

    @Test
    void pia_covers_itsPurposesToItsLastDay() {
        var pia = new Pia("pia-1", EnumSet.of(Purpose.AD_MEASUREMENT), DAY);
        assertTrue(pia.covers(Purpose.AD_MEASUREMENT, DAY));
        assertFalse(pia.covers(Purpose.AD_MEASUREMENT, DAY.plusDays(1)));
        assertFalse(pia.covers(Purpose.FRAUD_CONTROL, DAY));
    }

    @Test
    void level_order_isStrictness() {
        var fromLowest = List.of(Level.L1, Level.L2, Level.L3, Level.L4, Level.L5);
        for (int i = 0; i < fromLowest.size(); i++) {
            for (int j = 0; j < fromLowest.size(); j++) {
                assertEquals(fromLowest.get(Math.max(i, j)), fromLowest.get(i).max(fromLowest.get(j)));
                assertEquals(i >= j, fromLowest.get(i).atLeast(fromLowest.get(j)));
            }
        }
        assertEquals(Level.L4, Level.UNLABELLED);
    }

    /** A level's defaults never hold what the next note of the policy design refuses: joins on low levels, L5 at all. */
    @Test
    void use_defaults_areThoseOfTheLevel() {
        assertEquals(EnumSet.of(Use.PUBLIC), Use.defaultsOf(Level.L1));
        assertEquals(EnumSet.of(Use.GROUP_KEY, Use.FILTER_ONLY, Use.AGGREGATE_ONLY), Use.defaultsOf(Level.L2));
        assertEquals(Use.defaultsOf(Level.L2), Use.defaultsOf(Level.L3));
        assertEquals(EnumSet.of(Use.JOIN_ONLY), Use.defaultsOf(Level.L4));
        assertEquals(EnumSet.of(Use.DENY), Use.defaultsOf(Level.L5));
    }

    @Test
    void role_token_readsBackAndUnknownIsNone() {
        for (var role : Role.values()) {
            assertEquals(Optional.of(role), Role.fromToken(role.token()));
        }
        for (String unknown : new String[] {"", "MERCHANT", "admin", "merchant ", "system-job"}) {
            assertEquals(Optional.empty(), Role.fromToken(unknown));
        }
    }

    /** No token carries the server's own role, and two roles hold no data right at all. */
    @Test
    void role_policyRole_isNeverTheServersOwn() {
        var policyRoles = new HashSet<PolicyRole>();
        for (var role : Role.values()) {
            role.policyRole().ifPresent(policyRole -> assertTrue(policyRoles.add(policyRole)));
        }
        assertFalse(policyRoles.contains(PolicyRole.SYSTEM_JOB));
        assertEquals(Optional.empty(), Role.OPERATOR.policyRole());
        assertEquals(Optional.empty(), Role.COMMITTEE_MEMBER.policyRole());
    }

    @Test
    void code_texts_carryNothingOfTheCaller() {
        for (var code : Code.values()) {
            assertFalse(code.title().isBlank());
            assertFalse(code.title().matches(".*[%{}$].*"), code.name());
            assertTrue(code.documentation().startsWith("docs/errors.md#"));
            assertEquals(code.title(), new DataException(code).getMessage());
            assertEquals(code, new DataException(code).code());
        }
    }
}
