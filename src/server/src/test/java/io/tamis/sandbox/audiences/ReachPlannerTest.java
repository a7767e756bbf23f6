package io.tamis.sandbox.audiences;

import static io.tamis.sandbox.audiences.Declarations.events;
import static io.tamis.sandbox.audiences.Declarations.request;
import static io.tamis.sandbox.audiences.Declarations.users;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.MicroRho;
import io.tamis.jobs.ColumnUse;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.Planned;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.GaussianVariance;
import io.tamis.privacy.LaplaceScale;
import io.tamis.privacy.Loss;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReachPlannerTest {
    private static final String WINDOW = "'window':{'from':'2026-03-01','to':'2026-03-31'}";
    private static final String TWO = "{'exposures':[{'id':'shop','dataset':'a','on':'a#day'},"
            + "{'id':'video','dataset':'b','on':'b#at'}]," + WINDOW + ",'maxFrequency':3}";

    @Test
    void plan_ofTwoPlatforms_hasBucketsAndSets_andTwoCellsAPerson() {
        var release = plan(TWO, users("a"), events("b")).release();
        assertEquals(
                List.of(
                        "frequency:1",
                        "frequency:2",
                        "frequency:3+",
                        "platforms:shop",
                        "platforms:video",
                        "platforms:shop+video"),
                release.keys().getFirst().labels());
        assertEquals(6, release.kernel().groups());
        assertEquals(2, release.kernel().groupsMax());
        assertEquals(new LaplaceScale(BigInteger.TWO, BigInteger.ONE), release.spread(0));
        assertEquals(
                new GaussianVariance(BigInteger.valueOf(1_000), BigInteger.ONE),
                ((Plan) ReachPlanner.plan(request(
                                TWO, new Loss.Zcdp(new MicroRho(1_000)), Declarations.others(users("a"), events("b")))))
                        .release()
                        .spread(0));
    }

    @Test
    void plan_ofOnePlatformOnce_hasOneBucketAndOneSet() {
        var release = plan(one("'on':'a#day'", WINDOW, 1), users("a")).release();
        assertEquals(
                List.of("frequency:1+", "platforms:x"),
                release.keys().getFirst().labels());
        assertEquals(2, release.kernel().groupsMax());
    }

    /** March is the days 20,513 to 20,543 since 1970; of moments, to its last microsecond. */
    @Test
    void window_becomesConditionsOnTheDayOrMoment() {
        var query = (ReachQuery) plan(TWO, users("a"), events("b")).query();
        assertEquals(
                List.of(filter("day", DpPlan.Op.GE, 20_513), filter("day", DpPlan.Op.LE, 20_543)),
                query.exposures().asNamed().get(0).rows().where());
        assertEquals(
                List.of(
                        filter("at", DpPlan.Op.GE, 20_513 * 86_400_000_000L),
                        filter("at", DpPlan.Op.LE, 20_544 * 86_400_000_000L - 1)),
                query.exposures().asNamed().get(1).rows().where());
    }

    private static DpPlan.Filter filter(String column, DpPlan.Op op, long value) {
        return new DpPlan.Filter(new ColumnName(column), op, List.of(new DpPlan.Literal.Whole(value)));
    }

    @Test
    void digest_dependsOnWhatIsAskedAlone() {
        var first = plan(TWO, users("a"), events("b")).query().digest();
        String renamed = "{'exposures':[{'id':'v','dataset':'b','on':'b#at'},{'id':'s','dataset':'a','on':'a#day'}],"
                + WINDOW + ",'maxFrequency':3}";
        assertEquals(first, plan(renamed, events("b"), users("a")).query().digest());
        for (String other : List.of(
                TWO.replace("'maxFrequency':3", "'maxFrequency':4"),
                TWO.replace("2026-03-31", "2026-03-30"),
                TWO.replace("a#day", "a#at"),
                TWO.replace("'on':'b#at'", "'on':'b#at','where':[{'column':'b#score','op':'NOT_NULL'}]"))) {
            assertNotEquals(first, plan(other, users("a"), events("b")).query().digest());
        }
    }

    @Test
    void uses_nameUnitsDaysAndConditions() {
        String params = TWO.replace("'on':'b#at'", "'on':'b#at','where':[{'column':'b#score','op':'NOT_NULL'}]");
        var expected = List.of(
                use("a", "phone", Context.SANDBOX_INPUT, Action.MATCH),
                use("a", "phone", Context.SANDBOX_OUTPUT, Action.AGGREGATE),
                use("b", "phone", Context.SANDBOX_INPUT, Action.MATCH),
                use("b", "phone", Context.SANDBOX_OUTPUT, Action.AGGREGATE),
                use("a", "day", Context.SANDBOX_INPUT, Action.COMPUTE),
                use("b", "at", Context.SANDBOX_INPUT, Action.COMPUTE),
                use("b", "score", Context.SANDBOX_INPUT, Action.COMPUTE));
        assertEquals(
                Set.copyOf(expected),
                Set.copyOf(plan(params, users("a"), events("b")).uses()));
    }

    private static ColumnUse use(String dataset, String column, Context context, Action action) {
        return new ColumnUse(new DatasetId(dataset), new ColumnName(column), context, action);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'exposures':[],'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'a'}],'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'a','on':'day'}],'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'a','on':'b#day'}],'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'b','on':'b#day'}],'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'}],'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'}],'window':{'from':'2026-03-01','to':'2026-03-31'}}",
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'}],'window':{'from':'2026-04-01','to':'2026-03-31'},'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'}],'window':{'from':'2026-02-30','to':'2026-03-31'},'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'}],'window':{'from':'0000-02-01','to':'2026-03-31'},'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'}],'window':{'from':20260201,'to':'2026-03-31'},'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'}],'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':0}",
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'}],'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':11}",
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'},{'id':'x','dataset':'a','on':'a#at'}],'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':3}",
                "{'exposures':[{'id':'x','dataset':'a','on':'a#day'},{'id':'y','dataset':'a','on':'a#day'}],'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':3}"
            })
    void plan_ofMalformedParams_isInvalid(String params) {
        assertEquals(Code.INVALID_REQUEST, malformed(params, users("a")));
    }

    @Test
    void plan_overALimit_isTooLarge() {
        String five = IntStream.range(0, 5)
                .mapToObj(i -> "{'id':'x" + i + "','dataset':'a','on':'a#day'}")
                .collect(Collectors.joining(",", "{'exposures':[", "]," + WINDOW + ",'maxFrequency':3}"));
        assertEquals(Code.TOO_LARGE, malformed(five, users("a")));
        String conditions = IntStream.range(0, 15)
                .mapToObj(i -> "{'column':'a#score','op':'NE','values':[" + i + "]}")
                .collect(Collectors.joining(",", "'on':'a#day','where':[", "]"));
        assertEquals(Code.TOO_LARGE, malformed(one(conditions, WINDOW, 3), users("a")));
        assertEquals(
                Code.PLAN_TOO_LARGE,
                refusal(one("'on':'a#day'", WINDOW, 3), Declarations.dataset("a", 1, (1L << 28) + 1)));
    }

    @Test
    void plan_withAnUnknownField_saysSo() {
        assertEquals(Code.UNKNOWN_FIELD, malformed(one("'on':'a#day','version':1", WINDOW, 3), users("a")));
        String window = "'window':{'from':'2026-03-01','to':'2026-03-31','zone':'UTC'}";
        assertEquals(Code.UNKNOWN_FIELD, malformed(one("'on':'a#day'", window, 3), users("a")));
    }

    @ParameterizedTest
    @CsvSource({
        "score, OP_NOT_ALLOWED",
        "band, OP_NOT_ALLOWED",
        "closed_on, OP_NOT_ALLOWED",
        "loose, NO_BOUNDS",
        "phone, LABEL_L5_USE",
        "secret, LABEL_L5_USE",
        "nothing, LABEL_L5_USE"
    })
    void plan_onAColumnThatTellsNoTime_isRefused(String column, Code code) {
        assertEquals(code, refusal(one("'on':'a#" + column + "'", WINDOW, 3), users("a")));
    }

    /** Alone, an exposure is not a list: whom the caller reached is theirs, however few. */
    @Test
    void plan_withAnOwnSmallDatasetAlone_isNoList() {
        var inputs = new ArrayList<PlanRequest.Input>(List.of(Declarations.own(users("a"), 3)));
        assertTrue(
                ReachPlanner.plan(request(one("'on':'a#day'", WINDOW, 3), new Loss.Zcdp(new MicroRho(1_000)), inputs))
                        instanceof Plan);
    }

    /** Beside another's, it is: a reach of one's own person there would be that person's. */
    @ParameterizedTest
    @CsvSource({"999, true", "1000, false"})
    void plan_withAnOwnSmallDatasetBesideAnothers_isAListTooSmall(long units, boolean refused) {
        var inputs = new ArrayList<PlanRequest.Input>(List.of(
                Declarations.own(users("a"), units),
                Declarations.others(users("b")).getFirst()));
        String params = "{'exposures':[{'id':'x','dataset':'a','on':'a#day'},{'id':'y','dataset':'b','on':'b#day'}],"
                + WINDOW + ",'maxFrequency':3}";
        var planned = ReachPlanner.plan(request(params, new Loss.Zcdp(new MicroRho(1_000)), inputs));
        assertEquals(refused, planned.equals(new Planned.Refused(Code.LIST_TOO_SMALL)));
    }

    private static String one(String members, String window, int frequencyMax) {
        return "{'exposures':[{'id':'x','dataset':'a'," + members + "}]," + window + ",'maxFrequency':" + frequencyMax
                + "}";
    }

    private static Plan plan(String params, Dataset... datasets) {
        Planned planned = ReachPlanner.plan(request(params, datasets));
        assertTrue(planned instanceof Plan, () -> "refused: " + planned);
        return (Plan) planned;
    }

    private static Code refusal(String params, Dataset... datasets) {
        return ((Planned.Refused) ReachPlanner.plan(request(params, datasets))).code();
    }

    private static Code malformed(String params, Dataset... datasets) {
        return assertThrows(DataException.class, () -> ReachPlanner.plan(request(params, datasets)))
                .code();
    }
}
