package io.tamis.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.DateRange;
import io.tamis.data.MicroRho;
import io.tamis.data.Semantic;
import io.tamis.data.Unit;
import io.tamis.jobs.ColumnUse;
import io.tamis.jobs.Plan;
import io.tamis.jobs.Planned;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.privacy.DateFloor;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.Layout;
import io.tamis.privacy.Measure;
import io.tamis.privacy.Statistic;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregatePlannerTest {
    private static final String USERS = "'measures':[{'id':'n','kind':'COUNT_USERS'}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "LABEL_L5_USE | SUM | friends",
                "LABEL_L5_USE | COUNT | phone_no",
                "LABEL_L5_USE | COUNT | resident_id",
                "LABEL_L5_USE | COUNT | buyer",
                "LABEL_L5_USE | SUM | hidden",
                "LABEL_L5_USE | SUM | nobody_declared_this",
                "AGG_NOT_ALLOWED | SUM | channel",
                "AGG_NOT_ALLOWED | MEAN | day",
                "AGG_NOT_ALLOWED | COUNT | note",
                "NO_BOUNDS | SUM | points",
                "NO_BOUNDS | MEAN | points",
                "NO_BOUNDS | SUM | zero"
            })
    void plan_ofAMeasureBeyondItsColumn_isRefused(Code code, String kind, String column) {
        refused(code, "{'measures':[{'id':'n','kind':'" + kind + "','column':'shop#" + column + "'}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "LABEL_L5_USE, buyer",
        "LABEL_L5_USE, phone_no",
        "LABEL_L5_USE, resident_id",
        "LABEL_L5_USE, no_such_column",
        "LABEL_GROUP_KEY, band",
        "LABEL_GROUP_KEY, balance",
        "LABEL_GROUP_KEY, note",
        "NEEDS_PUBLIC_GROUPS, city",
        "NEEDS_PUBLIC_GROUPS, loose"
    })
    void plan_ofAKeyBeyondItsColumn_isRefused(Code code, String column) {
        refused(code, "{" + USERS + ",'groupBy':[{'column':'shop#" + column + "'}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "LABEL_L5_USE | 'column':'shop#phone_no','op':'EQ','values':['1']",
                "LABEL_L5_USE | 'column':'shop#resident_id','op':'IS_NULL'",
                "LABEL_L5_USE | 'column':'shop#buyer','op':'NOT_NULL'",
                "OP_NOT_ALLOWED | 'column':'shop#channel','op':'LT','values':['web']",
                "OP_NOT_ALLOWED | 'column':'shop#city','op':'GE','values':['a']",
                "OP_NOT_ALLOWED | 'column':'shop#vip','op':'LE','values':[true]",
                "OP_NOT_ALLOWED | 'column':'shop#points','op':'EQ','values':[1]"
            })
    void plan_ofAConditionBeyondItsColumn_isRefused(Code code, String condition) {
        refused(code, "{" + USERS + ",'where':[{" + condition + "}]}");
    }

    @Test
    void plan_ofAFloorOnWhatIsNoDate_isRefused() {
        refused(Code.OP_NOT_ALLOWED, "{" + USERS + ",'groupBy':[{'column':'shop#channel','floor':'YEAR'}]}");
    }

    @Test
    void plan_withoutAUnit_isRefusedFirst() {
        var noUnit = ShopDeclaration.dataset(100, Optional.empty());
        var request =
                ShopDeclaration.request("{'measures':[{'id':'n','kind':'SUM','column':'shop#friends'}]}", noUnit, 10);
        assertEquals(new Planned.Refused(Code.NO_PRIVACY_UNIT), AggregatePlanner.plan(request));
    }

    /** Labels before keys, keys before measures, measures before conditions: two servers give one answer. */
    @Test
    void plan_withSeveralFaults_namesTheFirstInTheFixedOrder() {
        String sum = "'measures':[{'id':'n','kind':'SUM','column':'shop#points'}]";
        String key = ",'groupBy':[{'column':'shop#band'}]";
        String order = ",'where':[{'column':'shop#city','op':'LT','values':['a']}]";
        String label = ",'where':[{'column':'shop#phone_no','op':'EQ','values':['a']}]";
        refused(Code.OP_NOT_ALLOWED, "{" + USERS + order + "}");
        refused(Code.NO_BOUNDS, "{" + sum + order + "}");
        refused(Code.LABEL_GROUP_KEY, "{" + sum + order + key + "}");
        refused(Code.LABEL_L5_USE, "{" + sum + label + key + "}");
    }

    @Test
    void plan_ofTooManyGroups_isRefused() {
        String day = "{'column':'shop#day'}";
        String moment = "{'column':'shop#at','floor':'MONTH'}";
        assertEquals(546, kernel("{" + USERS + ",'groupBy':[" + day + "]}").groups());
        assertEquals(
                546 * 18,
                kernel("{" + USERS + ",'groupBy':[" + day + "," + moment + "]}").groups());
        refused(Code.PLAN_TOO_LARGE, "{" + USERS + ",'groupBy':[" + day + "," + moment + ",{'column':'shop#vip'}]}");
        refused(Code.PLAN_TOO_LARGE, "{" + USERS + ",'groupBy':[" + day + ",{'column':'shop#at'}]}");
    }

    /** rowCapacity * L0 * B must stay under 2^62: 2^53 * 3 * 170 just does. */
    @ParameterizedTest
    @CsvSource({"512, false", "513, true", "1000000, true"})
    void plan_thatCouldOverflow_isRefused(long rowCapacity, boolean tooGreat) {
        var unit = new Unit(new ColumnName("buyer"), new Semantic("ACCOUNT_ID"), 1, 100);
        var dataset = ShopDeclaration.dataset(rowCapacity, Optional.of(unit));
        Planned planned = AggregatePlanner.plan(ShopDeclaration.request(
                "{'measures':[{'id':'n','kind':'SUM','column':'shop#huge'}]}", dataset, 1_000_000));
        if (tooGreat) {
            assertEquals(new Planned.Refused(Code.MAY_FAIL_AT_RUNTIME), planned);
        } else {
            assertInstanceOf(Plan.class, planned);
        }
    }

    /** The version was imported under a larger capacity than the one in force. */
    @ParameterizedTest
    @CsvSource({"512, false", "513, true"})
    void plan_thatCouldOverflowInAnOlderVersion_isRefused(long rowsMost, boolean tooGreat) {
        var unit = new Unit(new ColumnName("buyer"), new Semantic("ACCOUNT_ID"), 1, 100);
        String huge = "{'measures':[{'id':'n','kind':'SUM','column':'shop#huge'}]}";
        var dataset = ShopDeclaration.dataset(10, Optional.of(unit));
        var now = ShopDeclaration.request(huge, dataset, 1_000_000);
        var older = ShopDeclaration.request(huge, dataset, rowsMost, 1_000_000);
        assertInstanceOf(Plan.class, AggregatePlanner.plan(now));
        assertEquals(tooGreat, new Planned.Refused(Code.MAY_FAIL_AT_RUNTIME).equals(AggregatePlanner.plan(older)));
    }

    /** Values of private dictionaries are counted over the whole job; public ones are not. */
    @ParameterizedTest
    @CsvSource({"city, 32, 32, false", "city, 32, 33, true", "city, 1, 64, true", "amount, 32, 200, false"})
    void plan_ofTooManyPrivateValues_isRefused(String column, int first, int second, boolean tooMany) {
        String where = Stream.of(first, second)
                .map(count -> IntStream.range(0, count)
                        .mapToObj(i -> column.equals("city") ? "'c" + i + "'" : "" + i)
                        .collect(Collectors.joining(",", "{'column':'shop#" + column + "','op':'IN','values':[", "]}")))
                .collect(Collectors.joining(",", ",'where':[", "]"));
        Planned planned = AggregatePlanner.plan(ShopDeclaration.request("{" + USERS + where + "}"));
        assertEquals(tooMany, planned.equals(new Planned.Refused(Code.PLAN_TOO_LARGE)));
    }

    /** One person's rows could overflow too, whatever the dataset's capacity says. */
    @Test
    void plan_thatCouldOverflowWithinAPerson_isRefused() {
        var dataset = ShopDeclaration.dataset(10, Optional.of(ShopDeclaration.unit(1)));
        assertEquals(
                new Planned.Refused(Code.MAY_FAIL_AT_RUNTIME),
                AggregatePlanner.plan(ShopDeclaration.request(
                        "{'measures':[{'id':'n','kind':'SUM','column':'shop#huge'}]}", dataset, 1_000_000)));
    }

    @Test
    void plan_withNoiseTooGreatForANumber_isRefused() {
        var unit = new Unit(new ColumnName("buyer"), new Semantic("ACCOUNT_ID"), 1, 100);
        var dataset = ShopDeclaration.dataset(100, Optional.of(unit));
        assertEquals(
                new Planned.Refused(Code.MAY_FAIL_AT_RUNTIME),
                AggregatePlanner.plan(ShopDeclaration.request(
                        "{'measures':[{'id':'n','kind':'SUM','column':'shop#huge'}]}", dataset, 2)));
    }

    @Test
    void plan_withLessThanOneMicroRhoAMeasure_isRefused() {
        String mean = "{'measures':[{'id':'n','kind':'MEAN','column':'shop#amount'}]}";
        var request = ShopDeclaration.request(mean, ShopDeclaration.dataset(), 2);
        assertEquals(new Planned.Refused(Code.BELOW_UTILITY_FLOOR), AggregatePlanner.plan(request));
        var enough = ShopDeclaration.request(mean, ShopDeclaration.dataset(), 3);
        assertInstanceOf(Plan.class, AggregatePlanner.plan(enough));
    }

    @Test
    void plan_hasBoundsOfTheDeclaration() {
        Plan plan = plan("{'measures':[{'id':'rows','kind':'COUNT'},{'id':'b','kind':'MEAN','column':'shop#balance'},"
                + "{'id':'a','kind':'SUM','column':'shop#amount'},{'id':'c','kind':'COUNT','column':'shop#amount'}],"
                + "'groupBy':[{'column':'shop#channel'}]}");
        var amount = Optional.of(new ColumnName("amount"));
        var balance = Optional.of(new ColumnName("balance"));
        assertEquals(
                List.of(
                        new DpPlan.Measured(new Measure.Users(), Optional.empty()),
                        new DpPlan.Measured(new Measure.Count(5), amount),
                        new DpPlan.Measured(new Measure.Sum(ShopDeclaration.AMOUNT), amount),
                        new DpPlan.Measured(new Measure.Count(2), balance),
                        new DpPlan.Measured(new Measure.Sum(ShopDeclaration.BALANCE), balance),
                        new DpPlan.Measured(new Measure.Count(5), Optional.empty())),
                ScanFixture.query(plan).measures());
        assertEquals(3, plan.release().kernel().groupsMax());
        assertEquals(new MicroRho(10_000), plan.release().charge().rho());
        assertEquals(50, plan.release().minUsers());
    }

    @Test
    void plan_namesItsColumnsAsTheJobDoes() {
        Plan plan = plan("{'measures':[{'id':'revenue','kind':'SUM','column':'shop#amount'},"
                + "{'id':'buyers','kind':'COUNT_USERS'}],'groupBy':[{'column':'shop#vip'},{'column':'shop#channel'}]}");
        Layout layout = plan.release().layout();
        assertEquals(
                List.of("revenue", "buyers"),
                layout.columns().stream().map(Layout.Named::id).toList());
        List<Statistic> asked = layout.columns().stream()
                .map(column -> plan.release().statistics().get(column.statistic()))
                .toList();
        assertEquals(List.of(new Statistic.Sum(1), new Statistic.Users()), asked);
        List<String> keys = layout.keyOrder().stream()
                .map(key -> plan.release().keys().get(key).name())
                .toList();
        assertEquals(List.of("vip", "channel"), keys);
    }

    /** Measures shared by several of the job's numbers are charged once. */
    @Test
    void plan_ofSumAndMeanOfOneColumn_sharesTheSum() {
        Plan plan = plan("{'measures':[{'id':'m','kind':'MEAN','column':'shop#amount'},"
                + "{'id':'s','kind':'SUM','column':'shop#amount'},{'id':'s2','kind':'SUM','column':'shop#amount'}]}");
        assertEquals(3, ScanFixture.query(plan).measures().size());
    }

    @Test
    void plan_ofEightMeans_isTheLargest() {
        String means = IntStream.range(0, 8)
                .mapToObj(i ->
                        "{'id':'m" + i + "','kind':'MEAN','column':'shop#" + (i % 2 == 0 ? "amount" : "balance") + "'}")
                .collect(Collectors.joining(","));
        assertEquals(
                5,
                ScanFixture.query(plan("{'measures':[" + means + "]}"))
                        .measures()
                        .size());
    }

    @Test
    void plan_ofDateKeys_hasTheirLabels() {
        Plan plan = plan("{" + USERS + ",'groupBy':[{'column':'shop#day','floor':'QUARTER'}]}");
        assertEquals(
                List.of("1997-Q1", "1997-Q2", "1997-Q3", "1997-Q4", "1998-Q1", "1998-Q2"),
                plan.release().keys().getFirst().labels());
        assertEquals(
                "1997-01",
                plan("{" + USERS + ",'groupBy':[{'column':'shop#at','floor':'MONTH'}]}")
                        .release()
                        .keys()
                        .getFirst()
                        .labels()
                        .getFirst());
    }

    /** The job's own conditions narrow the periods it is shown: public knowledge, and no empty ones are paid with noise. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'column':'shop#day','op':'LT','values':['1998-01-01']} | 1997-01-01 | 1997-12-31",
                "{'column':'shop#day','op':'GE','values':['1997-04-01']} | 1997-04-01 | 1998-06-30",
                "{'column':'shop#day','op':'GE','values':['1990-04-01']} | 1997-01-01 | 1998-06-30",
                "{'column':'shop#day','op':'IN','values':['1997-05-02','1997-02-01']} | 1997-02-01 | 1997-05-02",
                "{'column':'shop#day','op':'EQ','values':['1997-05-02']} | 1997-05-02 | 1997-05-02",
                "{'column':'shop#day','op':'NE','values':['1997-05-02']} | 1997-01-01 | 1998-06-30",
                "{'column':'shop#day','op':'GT','values':['1999-01-01']} | 1997-01-01 | 1998-06-30",
                "{'column':'shop#day','op':'GT','values':['9999-12-31']} | 1997-01-01 | 1998-06-30",
                "{'column':'shop#day','op':'LT','values':['0001-01-01']} | 1997-01-01 | 1998-06-30",
                "{'column':'shop#at','op':'LT','values':['1997-03-01T00:00:00Z']} | 1997-01-01 | 1998-06-30"
            })
    void plan_ofAFilteredDateKey_isNarrowed(String condition, LocalDate from, LocalDate to) {
        Plan plan =
                plan("{" + USERS + ",'where':[" + condition + "],'groupBy':[{'column':'shop#day','floor':'MONTH'}]}");
        assertEquals(
                new DpPlan.Key.Dated(new ColumnName("day"), DateFloor.MONTH, new DateRange(from, to)),
                ScanFixture.query(plan).groupBy().getFirst());
    }

    @Test
    void plan_ofAFilteredTimestampKey_isNarrowedByDay() {
        Plan plan = plan("{" + USERS + ",'where':[{'column':'shop#at','op':'LT','values':['1997-03-01T00:00:00Z']}],"
                + "'groupBy':[{'column':'shop#at','floor':'MONTH'}]}");
        assertEquals(
                List.of("1997-01", "1997-02"), plan.release().keys().getFirst().labels());
    }

    @Test
    void plan_asksThePolicyAboutEveryColumnOnce() {
        Plan plan = plan("{'measures':[{'id':'a','kind':'SUM','column':'shop#amount'},"
                + "{'id':'m','kind':'MEAN','column':'shop#amount'}],'where':[{'column':'shop#city','op':'NOT_NULL'}],"
                + "'groupBy':[{'column':'shop#channel'}]}");
        assertEquals(
                List.of(
                        use("buyer", Context.SANDBOX_INPUT, Action.MATCH),
                        use("amount", Context.SANDBOX_INPUT, Action.COMPUTE),
                        use("city", Context.SANDBOX_INPUT, Action.COMPUTE),
                        use("channel", Context.SANDBOX_INPUT, Action.COMPUTE),
                        use("buyer", Context.SANDBOX_OUTPUT, Action.AGGREGATE),
                        use("amount", Context.SANDBOX_OUTPUT, Action.AGGREGATE),
                        use("channel", Context.SANDBOX_OUTPUT, Action.AGGREGATE)),
                plan.uses());
    }

    /** A count of persons is an answer too: without asking for it, the limits on answers would not hold for it. */
    @Test
    void plan_thatOnlyCounts_asksAboutTheUnitAsOutput() {
        assertEquals(
                List.of(
                        use("buyer", Context.SANDBOX_INPUT, Action.MATCH),
                        use("buyer", Context.SANDBOX_OUTPUT, Action.AGGREGATE)),
                plan("{" + USERS + "}").uses());
    }

    /** Repeat and average, renamed and commuted: one question, one answer, one charge. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'measures':[{'id':'other','kind':'SUM','column':'shop#amount'},{'id':'x','kind':'COUNT_USERS'}],"
                        + "'where':[{'column':'shop#balance','op':'GE','values':[4]},"
                        + "{'column':'shop#channel','op':'IN','values':['shop','web']}],"
                        + "'groupBy':[{'column':'shop#vip'},{'column':'shop#day','floor':'YEAR'}]}",
                "{'measures':[{'id':'s','kind':'SUM','column':'shop#amount'}],"
                        + "'where':[{'column':'shop#channel','op':'IN','values':['web','shop','web']},"
                        + "{'column':'shop#balance','op':'GT','values':[3]}],"
                        + "'groupBy':[{'column':'shop#day','floor':'YEAR'},{'column':'shop#vip'}]}",
                "{'measures':[{'id':'s','kind':'SUM','column':'shop#amount'},{'id':'t','kind':'SUM','column':'shop#amount'}],"
                        + "'where':[{'column':'shop#balance','op':'GE','values':[4]},"
                        + "{'column':'shop#balance','op':'GT','values':[3]},"
                        + "{'column':'shop#channel','op':'IN','values':['web','shop']}],"
                        + "'groupBy':[{'column':'shop#day','floor':'YEAR'},{'column':'shop#vip'}]}"
            })
    void plan_ofTheSameQuestionInOtherWords_hasTheSameDigest(String params) {
        String first = "{'measures':[{'id':'revenue','kind':'SUM','column':'shop#amount'}],"
                + "'where':[{'column':'shop#channel','op':'IN','values':['web','shop']},"
                + "{'column':'shop#balance','op':'GE','values':[4]}],"
                + "'groupBy':[{'column':'shop#day','floor':'YEAR'},{'column':'shop#vip'}]}";
        assertEquals(plan(first).query().digest(), plan(params).query().digest());
        assertEquals(plan(first).release().statistics(), plan(params).release().statistics());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'column':'shop#amount','op':'LE','values':[11]}",
                "{'column':'shop#amount','op':'GE','values':[10]}",
                "{'column':'shop#amount','op':'NE','values':[10]}",
                "{'column':'shop#balance','op':'LE','values':[10]}",
                "{'column':'shop#amount','op':'IS_NULL'}"
            })
    void plan_ofAnotherQuestion_hasAnotherDigest(String condition) {
        Plan plan = plan("{" + USERS + ",'where':[{'column':'shop#amount','op':'LE','values':[10]}]}");
        assertNotEquals(
                plan.query().digest(),
                plan("{" + USERS + ",'where':[" + condition + "]}").query().digest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'column':'shop#amount','op':'EQ','values':['10']}",
                "{'column':'shop#amount','op':'EQ','values':[true]}",
                "{'column':'shop#channel','op':'EQ','values':['no such channel']}",
                "{'column':'shop#channel','op':'EQ','values':[1]}",
                "{'column':'shop#vip','op':'EQ','values':['yes']}",
                "{'column':'shop#city','op':'EQ','values':[1]}",
                "{'column':'shop#city','op':'EQ','values':['']}",
                "{'column':'shop#day','op':'EQ','values':['1997-02-30']}",
                "{'column':'shop#day','op':'EQ','values':['01/02/1997']}",
                "{'column':'shop#day','op':'EQ','values':[9000]}",
                "{'column':'shop#day','op':'GT','values':['+999999999-12-31']}",
                "{'column':'shop#day','op':'LT','values':['-999999999-01-01']}",
                "{'column':'shop#day','op':'GE','values':['+10000-01-01']}",
                "{'column':'shop#day','op':'GE','values':['0000-12-31']}",
                "{'column':'shop#at','op':'GE','values':['+10000-01-01T00:00:00Z']}",
                "{'column':'shop#at','op':'GE','values':['0000-12-31T23:59:59Z']}",
                "{'column':'shop#at','op':'EQ','values':['1997-02-01']}",
                "{'column':'shop#at','op':'EQ','values':['1997-02-01T00:00:00.0000001Z']}",
                "{'column':'shop#at','op':'EQ','values':['+1000000000-12-31T00:00:00Z']}"
            })
    void plan_ofALiteralOfAnotherType_isMalformed(String condition) {
        malformed(Code.INVALID_REQUEST, "{" + USERS + ",'where':[" + condition + "]}");
        malformed(
                Code.INVALID_REQUEST,
                "{" + USERS + ",'where':[" + condition + "],'groupBy':[{'column':'shop#day','floor':'YEAR'}]}");
    }

    private static ColumnUse use(String column, Context context, Action action) {
        return new ColumnUse(new DatasetId("shop"), new ColumnName(column), context, action);
    }

    private static KernelSpec kernel(String params) {
        return ScanFixture.query(plan(params)).kernel();
    }

    private static Plan plan(String params) {
        return assertInstanceOf(Plan.class, AggregatePlanner.plan(ShopDeclaration.request(params)));
    }

    private static void refused(Code code, String params) {
        assertEquals(new Planned.Refused(code), AggregatePlanner.plan(ShopDeclaration.request(params)));
    }

    private static void malformed(Code code, String params) {
        var request = ShopDeclaration.request(params);
        assertEquals(
                code,
                assertThrows(DataException.class, () -> AggregatePlanner.plan(request))
                        .code());
    }
}
