package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns, datasets, levels and roles: what may be declared, and what a declaration allows. */
class DeclarationsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private static Column column(String name, Set<Use> uses, List<String> domain, Optional<DateRange> range) {
        return new Column(
                new ColumnName(name),
                ColumnType.STRING,
                0,
                Level.L2,
                Set.of(Flag.PERSONAL),
                new Semantic("NONE"),
                LabelledBy.STEWARD,
                uses,
                domain,
                range,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    private static Column column(Use... uses) {
        return column("x", Set.of(uses), List.of(), Optional.empty());
    }

    private static Column scaled(int scale) {
        return new Column(
                new ColumnName("x"),
                ColumnType.DECIMAL,
                scale,
                Level.L3,
                Set.of(),
                new Semantic("NONE"),
                LabelledBy.STEWARD,
                Set.of(Use.AGGREGATE_ONLY),
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    private static Dataset dataset(Optional<Unit> unit, List<Column> columns) {
        return new Dataset(
                new DatasetId("d"),
                new PartyId("p"),
                new Steward(new PersonId("u-1"), new DepartmentId("legal")),
                NationalGrade.GENERAL,
                ConsentClass.SEPARATE,
                Optional.empty(),
                50,
                1000,
                unit,
                columns);
    }

    @ParameterizedTest
    @EnumSource(names = {"GROUP_KEY", "FILTER_ONLY", "AGGREGATE_ONLY"})
    void publicColumn_isOpenToKeysFiltersAndMeasures(Use use) {
        assertTrue(column(Use.PUBLIC).allows(use));
    }

    @ParameterizedTest
    @EnumSource(names = {"JOIN_ONLY", "ENCRYPTED_ONLY"})
    void publicColumn_isNotOpenToTheRest(Use use) {
        assertFalse(column(Use.PUBLIC).allows(use));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PUBLIC", "DENY"})
    void column_allowsWhatItNamesAndNothingElse(Use named) {
        for (Use asked : Use.values()) {
            assertEquals(asked == named, column(named).allows(asked), asked::name);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deniedColumn_allowsNothing(Use asked) {
        assertFalse(column(Use.DENY).allows(asked));
    }

    @Test
    void denial_overridesOtherUses() {
        assertFalse(column(Use.DENY, Use.GROUP_KEY).allows(Use.GROUP_KEY));
    }

    @Test
    void declaredKeys_areADomainOrARange() {
        assertFalse(column(Use.GROUP_KEY).hasDeclaredKeys());
        assertTrue(column("x", Set.of(Use.GROUP_KEY), List.of("a"), Optional.empty())
                .hasDeclaredKeys());
        assertTrue(column("x", Set.of(Use.GROUP_KEY), List.of(), Optional.of(new DateRange(DAY, DAY)))
                .hasDeclaredKeys());
    }

    @Test
    void column_withoutUsesOrWithAWildScale_isRefused() {
        assertThrows(DataException.class, DeclarationsTest::column);
        assertThrows(DataException.class, () -> scaled(-1));
        assertThrows(DataException.class, () -> scaled(10));
        assertEquals(9, scaled(9).scale());
    }

    @Test
    void column_keepsCopiesOfItsSets() {
        var uses = EnumSet.of(Use.GROUP_KEY);
        var domain = new ArrayList<>(List.of("a"));
        Column column = column("x", uses, domain, Optional.empty());
        uses.add(Use.DENY);
        domain.add("b");
        assertEquals(Set.of(Use.GROUP_KEY), column.uses());
        assertEquals(List.of("a"), column.domain());
        assertThrows(UnsupportedOperationException.class, () -> column.uses().clear());
    }

    @Test
    void dataset_findsItsColumnsByName() {
        Dataset dataset = dataset(Optional.empty(), List.of(column(Use.PUBLIC)));
        assertTrue(dataset.column(new ColumnName("x")).isPresent());
        assertTrue(dataset.column(new ColumnName("y")).isEmpty());
    }

    @Test
    void dataset_withoutColumnsOrWithOneTwice_isRefused() {
        assertThrows(DataException.class, () -> dataset(Optional.empty(), List.of()));
        assertThrows(
                DataException.class,
                () -> dataset(Optional.empty(), List.of(column(Use.PUBLIC), column(Use.GROUP_KEY))));
    }

    @Test
    void dataset_whoseUnitIsNoColumn_isRefused() {
        var unit = new Unit(new ColumnName("y"), new Semantic("NONE"), 1, 1);
        assertThrows(DataException.class, () -> dataset(Optional.of(unit), List.of(column(Use.PUBLIC))));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 1"})
    void unit_withoutGroupsOrRows_isRefused(int groups, int rows) {
        assertThrows(DataException.class, () -> new Unit(new ColumnName("y"), new Semantic("NONE"), groups, rows));
    }

    @Test
    void dateRange_holdsItsFirstAndLastDay() {
        var range = new DateRange(DAY, DAY.plusDays(2));
        assertTrue(range.contains(DAY));
        assertTrue(range.contains(DAY.plusDays(2)));
        assertFalse(range.contains(DAY.minusDays(1)));
        assertFalse(range.contains(DAY.plusDays(3)));
        assertThrows(DataException.class, () -> new DateRange(DAY, DAY.minusDays(1)));
    }

    @Test
    void assessment_coversItsPurposesUntilItsLastDay() {
        var purposes = new HashSet<>(Set.of(Purpose.ATTRIBUTION));
        var pia = new Pia("p", purposes, DAY);
        purposes.add(Purpose.FRAUD_CONTROL);
        assertTrue(pia.covers(Purpose.ATTRIBUTION, DAY));
        assertTrue(pia.covers(Purpose.ATTRIBUTION, DAY.minusYears(1)));
        assertFalse(pia.covers(Purpose.ATTRIBUTION, DAY.plusDays(1)));
        assertFalse(pia.covers(Purpose.FRAUD_CONTROL, DAY));
    }

    @Test
    void level_ofSeveralInputs_isTheGreatest() {
        assertEquals(Level.L4, Level.L2.max(Level.L4));
        assertEquals(Level.L4, Level.L4.max(Level.L2));
        assertEquals(Level.L3, Level.L3.max(Level.L3));
        assertTrue(Level.L4.atLeast(Level.L4));
        assertTrue(Level.L5.atLeast(Level.L1));
        assertFalse(Level.L3.atLeast(Level.L4));
        assertEquals(Level.L4, Level.UNLABELLED);
    }

    @Test
    void uses_thatNobodyNamed_areThoseOfTheLevel() {
        assertEquals(Set.of(Use.PUBLIC), Use.defaultsOf(Level.L1));
        assertEquals(Set.of(Use.GROUP_KEY, Use.FILTER_ONLY, Use.AGGREGATE_ONLY), Use.defaultsOf(Level.L2));
        assertEquals(Set.of(Use.GROUP_KEY, Use.FILTER_ONLY, Use.AGGREGATE_ONLY), Use.defaultsOf(Level.L3));
        assertEquals(Set.of(Use.JOIN_ONLY), Use.defaultsOf(Level.L4));
        assertEquals(Set.of(Use.DENY), Use.defaultsOf(Level.L5));
    }

    @ParameterizedTest
    @CsvSource({
        "merchant, MERCHANT",
        "platform, PLATFORM_ANALYST",
        "key-holder, KEY_HOLDER",
        "policy-author, POLICY_AUTHOR",
        "compliance-officer, COMPLIANCE_OFFICER",
        "committee-member,",
        "data-subject, DATA_SUBJECT",
        "operator,",
    })
    void role_ofAToken_hasItsPolicyRole(String token, PolicyRole expected) {
        Role role = Role.fromToken(token).orElseThrow();
        assertEquals(token, role.token());
        assertEquals(Optional.ofNullable(expected), role.policyRole());
    }

    @Test
    void role_nobodyKnows_isNone() {
        for (String token : List.of("", "MERCHANT", "Merchant", "merchant ", "admin", "system")) {
            assertEquals(Optional.empty(), Role.fromToken(token));
        }
    }

    /** SYSTEM_JOB is the server's own work: were a token to carry it, its holder could ask as the server. */
    @Test
    void systemJob_isCarriedByNoToken() {
        for (Role role : Role.values()) {
            assertFalse(role.policyRole().equals(Optional.of(PolicyRole.SYSTEM_JOB)), role::token);
        }
    }

    @Test
    void exception_saysItsCodesFixedText() {
        var refused = new DataException(Code.TOO_LARGE);
        assertEquals(Code.TOO_LARGE, refused.code());
        assertEquals("The request is over a documented limit.", refused.getMessage());
    }

    @Test
    void code_hasAPlaceInTheDocumentation() {
        assertEquals("docs/errors.md#budget_exhausted", Code.BUDGET_EXHAUSTED.documentation());
        assertEquals(422, Code.BUDGET_EXHAUSTED.status());
    }
}
