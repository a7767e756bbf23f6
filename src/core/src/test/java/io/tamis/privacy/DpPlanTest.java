package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Clamp;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.DateRange;
import io.tamis.data.MicroRho;
import io.tamis.privacy.DpPlan.Filter;
import io.tamis.privacy.DpPlan.Literal;
import io.tamis.privacy.DpPlan.Measured;
import io.tamis.privacy.DpPlan.Op;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DpPlanTest {
    private static final DatasetId ORDERS = new DatasetId("orders");
    private static final ColumnName AMOUNT = new ColumnName("amount");
    private static final ColumnName DAY = new ColumnName("day");
    private static final ColumnName CHANNEL = new ColumnName("channel");
    private static final Measured USERS = new Measured(new Measure.Users(), Optional.empty());
    private static final Measured ROWS = new Measured(new Measure.Count(5), Optional.empty());
    private static final Measured TOTAL = new Measured(new Measure.Sum(new Clamp(0, 100)), Optional.of(AMOUNT));
    private static final Filter CHEAP = new Filter(AMOUNT, Op.LE, List.of(new Literal.Whole(10)));
    private static final Filter SET = new Filter(DAY, Op.NOT_NULL, List.of());
    private static final DpPlan.Key BY_CHANNEL = new DpPlan.Key.Listed(CHANNEL, List.of("web", "shop"));
    private static final DpPlan.Key BY_QUARTER = new DpPlan.Key.Dated(
            DAY, DateFloor.QUARTER, new DateRange(LocalDate.of(1997, 1, 1), LocalDate.of(1997, 12, 31)));

    private static DpPlan plan(List<Filter> where, List<DpPlan.Key> groupBy, List<Measured> measures) {
        return new DpPlan(ORDERS, where, groupBy, 3, measures);
    }

    @Test
    void digest_ofReorderedFiltersAndKeys_isTheSame() {
        DpPlan one = plan(List.of(CHEAP, SET), List.of(BY_CHANNEL, BY_QUARTER), List.of(USERS, TOTAL, ROWS));
        DpPlan two = plan(List.of(SET, CHEAP, SET), List.of(BY_QUARTER, BY_CHANNEL), List.of(USERS, TOTAL, ROWS));
        assertEquals(one, two);
        assertEquals(one.digest(), two.digest());
    }

    @Test
    void digest_ofReorderedOrRepeatedValues_isTheSame() {
        Filter one = in(3, 1, 2);
        Filter two = in(1, 2, 3, 2, 1);
        assertEquals(
                plan(List.of(one), List.of(), List.of(USERS)).digest(),
                plan(List.of(two), List.of(), List.of(USERS)).digest());
    }

    @Test
    void digest_ofAnythingElse_differs() {
        DpPlan plan = plan(List.of(CHEAP), List.of(BY_QUARTER), List.of(USERS, TOTAL));
        List<DpPlan> others = List.of(
                new DpPlan(new DatasetId("other"), plan.where(), plan.groupBy(), 3, plan.measures()),
                new DpPlan(ORDERS, plan.where(), plan.groupBy(), 4, plan.measures()),
                plan(List.of(), List.of(BY_QUARTER), List.of(USERS, TOTAL)),
                plan(List.of(CHEAP), List.of(), List.of(USERS, TOTAL)),
                plan(List.of(CHEAP), List.of(BY_QUARTER), List.of(USERS)),
                plan(
                        List.of(new Filter(AMOUNT, Op.GE, List.of(new Literal.Whole(10)))),
                        List.of(BY_QUARTER),
                        List.of(USERS, TOTAL)),
                plan(
                        List.of(CHEAP),
                        List.of(BY_QUARTER),
                        List.of(USERS, new Measured(new Measure.Sum(new Clamp(0, 101)), Optional.of(AMOUNT)))));
        for (DpPlan other : others) {
            assertNotEquals(plan.digest(), other.digest());
        }
    }

    /** A number and the same number as text are different questions. */
    @Test
    void digest_tellsTextFromNumbers() {
        var number = new Filter(CHANNEL, Op.IN, List.of(new Literal.Whole(1)));
        var text = new Filter(CHANNEL, Op.IN, List.of(new Literal.Text("1")));
        assertNotEquals(
                plan(List.of(number), List.of(), List.of(USERS)).digest(),
                plan(List.of(text), List.of(), List.of(USERS)).digest());
    }

    /** The bytes are a format: cached answers of an older server are found by them. */
    @Test
    void json_isTheDocumentedForm() {
        DpPlan plan = plan(List.of(CHEAP), List.of(BY_QUARTER), List.of(USERS, TOTAL));
        assertEquals(
                "{\"dataset\":\"orders\",\"groupBy\":[{\"column\":\"day\",\"floor\":\"QUARTER\",\"from\":\"1997-01-01\","
                        + "\"to\":\"1997-12-31\"}],\"groupsMax\":3,\"measures\":[{\"measure\":{\"kind\":\"USERS\"}},"
                        + "{\"column\":\"amount\",\"measure\":{\"kind\":\"SUM\",\"max\":100,\"min\":0}}],"
                        + "\"where\":[{\"column\":\"amount\",\"op\":\"LE\",\"values\":[\"i10\"]}]}",
                plan.toJson().canonical());
    }

    @Test
    void kernel_hasTheProductOfTheKeys() {
        KernelSpec kernel = plan(List.of(), List.of(BY_CHANNEL, BY_QUARTER), List.of(USERS, ROWS))
                .kernel();
        assertEquals(new KernelSpec(8, 3, List.of(new Measure.Users(), new Measure.Count(5))), kernel);
    }

    /** A person cannot be in more groups than there are, so the noise need not allow for it. */
    @Test
    void kernel_withoutKeys_hasOneGroupAndL0One() {
        assertEquals(
                new KernelSpec(1, 1, List.of(new Measure.Users())),
                plan(List.of(), List.of(), List.of(USERS)).kernel());
    }

    @Test
    void plan_withMeasuresOutOfOrder_isRefused() {
        refused(() -> plan(List.of(), List.of(), List.of()));
        refused(() -> plan(List.of(), List.of(), List.of(ROWS, USERS)));
        refused(() -> plan(List.of(), List.of(), List.of(USERS, ROWS, TOTAL)));
        refused(() -> plan(List.of(), List.of(), List.of(USERS, ROWS, ROWS)));
    }

    @Test
    void inOrder_ofAnyOrder_isOne() {
        assertEquals(List.of(USERS, TOTAL, ROWS), DpPlan.inOrder(List.of(ROWS, TOTAL, ROWS)));
        assertEquals(List.of(USERS, TOTAL, ROWS), DpPlan.inOrder(List.of(TOTAL, ROWS, USERS)));
        assertEquals(List.of(USERS), DpPlan.inOrder(List.of()));
    }

    /** The mean of a column with both; a plain row count is not the count of a column's values. */
    @Test
    void statistics_areAllThatTheMeasuresGive() {
        var values = new Measured(new Measure.Count(5), Optional.of(AMOUNT));
        assertEquals(
                List.of(
                        new Statistic.Users(),
                        new Statistic.Count(1),
                        new Statistic.Sum(2),
                        new Statistic.Count(3),
                        new Statistic.Mean(new Statistic.Sum(2), new Statistic.Count(1))),
                plan(List.of(), List.of(), DpPlan.inOrder(List.of(ROWS, TOTAL, values)))
                        .statistics());
        assertEquals(
                List.of(new Statistic.Users(), new Statistic.Sum(1), new Statistic.Count(2)),
                plan(List.of(), List.of(), List.of(USERS, TOTAL, ROWS)).statistics());
    }

    @Test
    void releaseSpec_ofAPlan_isTheSameForEveryLayout() {
        DpPlan plan = plan(List.of(CHEAP), List.of(BY_CHANNEL, BY_QUARTER), List.of(USERS, TOTAL));
        var one = ReleaseSpec.of(
                plan,
                new Loss.Zcdp(new MicroRho(1_001)),
                50,
                new Layout(List.of(0, 1), List.of(new Layout.Named("buyers", 0))));
        var two = ReleaseSpec.of(
                plan,
                new Loss.Zcdp(new MicroRho(1_001)),
                50,
                new Layout(List.of(1, 0), List.of(new Layout.Named("revenue", 1), new Layout.Named("n", 0))));
        assertEquals(one.statistics(), two.statistics());
        assertEquals(List.of(new Loss.Zcdp(new MicroRho(501)), new Loss.Zcdp(new MicroRho(500))), one.shares());
        assertEquals(plan.kernel(), one.kernel());
        assertEquals(
                List.of(
                        new GroupKey("channel", List.of("web", "shop")),
                        new GroupKey("day", List.of("1997-Q1", "1997-Q2", "1997-Q3", "1997-Q4"))),
                one.keys());
    }

    @Test
    void plan_overItsLimits_isRefused() {
        refused(() -> plan(List.of(), List.of(BY_QUARTER, new DpPlan.Key.Listed(DAY, List.of("x"))), List.of(USERS)));
        var filters = new ArrayList<Filter>();
        for (int i = 0; i <= DpPlan.FILTERS_MAX; i++) {
            filters.add(in(i));
        }
        refused(() -> plan(filters, List.of(), List.of(USERS)));
        List<String> labels =
                LongStream.range(0, 2_000).mapToObj(Long::toString).toList();
        refused(() -> plan(
                List.of(),
                List.of(new DpPlan.Key.Listed(CHANNEL, labels), new DpPlan.Key.Listed(DAY, labels)),
                List.of(USERS)));
        refused(() -> new DpPlan(ORDERS, List.of(), List.of(), 0, List.of(USERS)));
    }

    @Test
    void filter_takesTheLiteralsOfItsOperator() {
        refused(() -> in());
        refused(() -> in(LongStream.range(0, Filter.LITERALS_MAX + 1).toArray()));
        assertEquals(256, in(LongStream.range(0, 256).toArray()).literals().size());
        refused(() -> new Filter(AMOUNT, Op.NE, List.of(new Literal.Whole(1), new Literal.Whole(2))));
        refused(() -> new Filter(AMOUNT, Op.GE, List.of(new Literal.Text("1"))));
        refused(() -> new Filter(AMOUNT, Op.LE, List.of()));
        refused(() -> new Filter(AMOUNT, Op.IS_NULL, List.of(new Literal.Whole(1))));
        refused(() -> new Literal.Text("x".repeat(257)));
    }

    @Test
    void measured_namesAColumnWhereItReadsOne() {
        refused(() -> new Measured(new Measure.Users(), Optional.of(AMOUNT)));
        refused(() -> new Measured(new Measure.Sum(new Clamp(0, 1)), Optional.empty()));
        assertEquals(Optional.of(AMOUNT), new Measured(new Measure.Count(1), Optional.of(AMOUNT)).column());
    }

    private static Filter in(long... values) {
        return new Filter(
                AMOUNT,
                Op.IN,
                LongStream.of(values).<Literal>mapToObj(Literal.Whole::new).toList());
    }

    private static void refused(Executable action) {
        assertEquals(
                PrivacyException.Fault.OUT_OF_LIMITS,
                assertThrows(PrivacyException.class, action).fault());
    }
}
