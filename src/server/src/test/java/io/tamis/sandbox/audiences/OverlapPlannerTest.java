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
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.jobs.ColumnUse;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.Planned;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.privacy.LaplaceScale;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Measure;
import io.tamis.privacy.Statistic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlapPlannerTest {
    private static final String TWO = "{'audiences':[{'id':'shop','dataset':'a'},{'id':'video','dataset':'b'}]}";

    @Test
    void plan_ofTwoAudiences_isOneMeasureInThreeCells() {
        Plan plan = plan(TWO, users("a"), events("b"));
        var release = plan.release();
        assertEquals(List.of(new Measure.Users()), release.kernel().measures());
        assertEquals(3, release.kernel().groups());
        assertEquals(1, release.kernel().groupsMax());
        assertEquals(List.of(new Statistic.Users()), release.statistics());
        assertEquals(
                List.of("shop", "video", "shop+video"),
                release.keys().getFirst().labels());
        assertEquals("audiences", release.keys().getFirst().name());
        assertEquals(50, release.minUsers());
        // Laplace of scale 1/eps: a person changes one cell by one.
        assertEquals(new LaplaceScale(BigInteger.ONE, BigInteger.ONE), release.spread(0));
    }

    @Test
    void plan_ofSixAudiencesAndASegment_hasACellForEachSetAndLabel() {
        Plan plan = plan(audiences(6, ",'segmentBy':[{'column':'a#band'}]"), users("a"));
        assertEquals(63 * 4, plan.release().kernel().groups());
        assertEquals(
                List.of("young", "old", "ancient", "(none)"),
                plan.release().keys().get(1).labels());
        assertEquals("band", plan.release().keys().get(1).name());
    }

    @Test
    void plan_withBooleanAndDateSegments_usesTheirLabels() {
        assertEquals(
                List.of("false", "true", "(none)"),
                plan(audiences(2, ",'segmentBy':[{'column':'a#member'}]"), users("a"))
                        .release()
                        .keys()
                        .get(1)
                        .labels());
        assertEquals(
                13,
                plan(audiences(2, ",'segmentBy':[{'column':'a#day','floor':'MONTH'}]"), users("a"))
                        .release()
                        .keys()
                        .get(1)
                        .labels()
                        .size());
    }

    /** Names and order are the layout's: the second wording is answered from the first one's release. */
    @Test
    void digest_ofARenamedAndReorderedQuestion_isTheSame() {
        String one = """
                {'audiences':[{'id':'x','dataset':'a','where':[{'column':'a#score','op':'GT','values':[1]},\
                {'column':'a#band','op':'EQ','values':['old']}]},{'id':'y','dataset':'b'},{'id':'z','dataset':'c'}]}""";
        String other = """
                {'audiences':[{'id':'three','dataset':'c'},{'id':'two','dataset':'b'},{'id':'one','dataset':'a','where':[\
                {'column':'a#band','op':'IN','values':['old']},{'column':'a#score','op':'GE','values':[2]}]}]}""";
        Plan first = plan(one, users("a"), events("b"), events("c"));
        Plan second = plan(other, events("b"), users("a"), events("c"));
        assertEquals(first.query().digest(), second.query().digest());
        assertEquals(
                List.of("x", "y", "x+y", "z", "x+z", "y+z", "x+y+z"),
                first.release().keys().getFirst().labels());
        assertEquals(
                List.of("one", "two", "two+one", "three", "three+one", "three+two", "three+two+one"),
                second.release().keys().getFirst().labels());
    }

    @Test
    void digest_ofAnotherQuestion_isAnother() {
        var digests = IntStream.range(0, 1)
                .mapToObj(_ -> List.of(
                        plan(TWO, users("a"), events("b")),
                        plan(
                                TWO.replace(
                                        "'dataset':'a'",
                                        "'dataset':'a','where':[{'column':'a#score','op':'NOT_NULL'}]"),
                                users("a"),
                                events("b")),
                        plan(
                                "{'audiences':[{'id':'shop','dataset':'a'},{'id':'video','dataset':'c'}]}",
                                users("a"),
                                events("c")),
                        plan(audiences(2, ""), users("a")),
                        plan(audiences(3, ""), users("a")),
                        plan(audiences(2, ",'segmentBy':[{'column':'a#band'}]"), users("a")),
                        plan(audiences(2, ",'segmentBy':[{'column':'a#member'}]"), users("a"))))
                .flatMap(List::stream)
                .map(plan -> plan.query().digest())
                .collect(Collectors.toSet());
        assertEquals(7, digests.size());
    }

    @Test
    void uses_nameUnitsConditionsAndTheSegment() {
        Plan plan = plan("""
                {'audiences':[{'id':'x','dataset':'a','where':[{'column':'a#score','op':'GT','values':[1]}]},\
                {'id':'y','dataset':'b','where':[{'column':'b#city','op':'EQ','values':['Lyon']}]}],\
                'segmentBy':[{'column':'a#band'}]}""", users("a"), events("b"));
        assertEquals(
                Set.of(
                        use("a", "phone", Context.SANDBOX_INPUT, Action.MATCH),
                        use("a", "phone", Context.SANDBOX_OUTPUT, Action.AGGREGATE),
                        use("b", "phone", Context.SANDBOX_INPUT, Action.MATCH),
                        use("b", "phone", Context.SANDBOX_OUTPUT, Action.AGGREGATE),
                        use("a", "score", Context.SANDBOX_INPUT, Action.COMPUTE),
                        use("b", "city", Context.SANDBOX_INPUT, Action.COMPUTE),
                        use("a", "band", Context.SANDBOX_INPUT, Action.COMPUTE),
                        use("a", "band", Context.SANDBOX_OUTPUT, Action.AGGREGATE)),
                Set.copyOf(plan.uses()));
        assertEquals(Set.copyOf(plan.uses()).size(), plan.uses().size());
    }

    private static ColumnUse use(String dataset, String column, Context context, Action action) {
        return new ColumnUse(new DatasetId(dataset), new ColumnName(column), context, action);
    }

    /** Malformed whatever the declarations say. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'audiences':[]}",
                "{'audiences':[{'id':'x','dataset':'a'}]}",
                "{'audiences':[{'id':'x','dataset':'a'},{'id':'x','dataset':'b'}]}",
                "{'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'a'},{'id':'z','dataset':'b'}]}",
                "{'audiences':[{'id':'1x','dataset':'a'},{'id':'y','dataset':'b'}]}",
                "{'audiences':[{'id':'x+y','dataset':'a'},{'id':'y','dataset':'b'}]}",
                "{'audiences':[{'dataset':'a'},{'id':'y','dataset':'b'}]}",
                "{'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'c'}]}",
                "{'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'A'}]}",
                "{'audiences':[{'id':'x','dataset':'a','where':[{'column':'b#score','op':'EQ','values':[1]}]},{'id':'y','dataset':'b'}]}",
                "{'audiences':[{'id':'x','dataset':'a','where':[{'column':'a#score','op':'EQ','values':['one']}]},{'id':'y','dataset':'b'}]}",
                "{'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'b'}],'segmentBy':[{'column':'c#band'}]}",
                "{'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'b'}],'segmentBy':[{'column':'band'}]}",
                "{'audiences':[{'id':'x','dataset':'a'},{'id':'y','dataset':'b'}],'segmentBy':['a#band']}"
            })
    void plan_ofMalformedParams_isInvalid(String params) {
        assertEquals(Code.INVALID_REQUEST, malformed(params, users("a"), events("b")));
    }

    @Test
    void plan_overALimit_isTooLarge() {
        assertEquals(Code.TOO_LARGE, malformed(audiences(7, ""), users("a")));
        assertEquals(
                Code.TOO_LARGE,
                malformed(audiences(2, ",'segmentBy':[{'column':'a#band'},{'column':'a#member'}]"), users("a")));
        assertEquals(Code.TOO_LARGE, malformed(TWO.replace("shop", "x".repeat(33)), users("a"), events("b")));
    }

    @Test
    void plan_withAnUnknownField_saysSo() {
        assertEquals(Code.UNKNOWN_FIELD, malformed(TWO.replace("]}", "],'group':1}"), users("a"), events("b")));
        assertEquals(
                Code.UNKNOWN_FIELD,
                malformed(TWO.replace("'dataset':'a'", "'dataset':'a','version':1"), users("a"), events("b")));
    }

    /** A dataset that is read without being asked about would be charged for nothing. */
    @Test
    void plan_withAnUnusedDataset_isInvalid() {
        assertEquals(Code.INVALID_REQUEST, malformed(TWO, users("a"), events("b"), events("c")));
    }

    @Test
    void plan_outsideACollaboration_isInvalid() {
        var inside = request(TWO, users("a"), events("b"));
        var outside = new PlanRequest(inside.params(), inside.inputs(), false, inside.loss(), inside.minUsers());
        assertEquals(
                Code.INVALID_REQUEST,
                assertThrows(DataException.class, () -> OverlapPlanner.plan(outside))
                        .code());
    }

    @ParameterizedTest
    @CsvSource({
        "phone, EQ, LABEL_L5_USE",
        "secret, EQ, LABEL_L5_USE",
        "nothing, EQ, LABEL_L5_USE",
        "city, LT, OP_NOT_ALLOWED",
        "closed_on, EQ, OP_NOT_ALLOWED"
    })
    void plan_withAForbiddenCondition_isRefused(String column, String op, Code code) {
        String where = "'where':[{'column':'a#" + column + "','op':'" + op + "','values':['2026-01-01']}]";
        assertEquals(code, refusal(TWO.replace("'dataset':'a'", "'dataset':'a'," + where), users("a"), events("b")));
    }

    @ParameterizedTest
    @CsvSource({
        "habit, NEEDS_PUBLIC_GROUPS",
        "score, NEEDS_PUBLIC_GROUPS",
        "city, NEEDS_PUBLIC_GROUPS",
        "loose, NEEDS_PUBLIC_GROUPS",
        "plan, LABEL_GROUP_KEY",
        "phone, LABEL_L5_USE",
        "secret, LABEL_L5_USE",
        "nothing, LABEL_L5_USE",
        "day, PLAN_TOO_LARGE"
    })
    void plan_withAForbiddenSegment_isRefused(String column, Code code) {
        assertEquals(code, refusal(audiences(2, ",'segmentBy':[{'column':'a#" + column + "'}]"), users("a")));
    }

    /** A person with several rows would be in several segments. */
    @Test
    void plan_withASegmentOfManyRowsAPerson_isRefused() {
        String params = TWO.replace("]}", "],'segmentBy':[{'column':'b#band'}]}");
        assertEquals(Code.LABEL_GROUP_KEY, refusal(params, users("a"), events("b")));
    }

    @Test
    void plan_ofADatasetWithoutUnit_isRefused() {
        Dataset without = Declarations.dataset("b", 100, Optional.empty());
        assertEquals(Code.NO_PRIVACY_UNIT, refusal(TWO, users("a"), without));
    }

    @Test
    void plan_ofMorePersonsThanAScanKeeps_isTooLarge() {
        long half = 1L << 27;
        Plan most = plan(TWO, Declarations.dataset("a", 1, half), Declarations.dataset("b", 1, half));
        assertEquals(3, most.release().kernel().groups());
        assertEquals(
                Code.PLAN_TOO_LARGE,
                refusal(TWO, Declarations.dataset("a", 1, half), Declarations.dataset("b", 1, half + 1)));
        assertEquals(
                Code.PLAN_TOO_LARGE,
                refusal(
                        TWO,
                        Declarations.dataset("a", 1, Long.MAX_VALUE),
                        Declarations.dataset("b", 1, Long.MAX_VALUE)));
    }

    @Test
    void plan_withManyGuessesAtPrivateValues_isTooLarge() {
        assertEquals(
                3, plan(guesses(64), users("a"), events("b")).release().kernel().groups());
        assertEquals(Code.PLAN_TOO_LARGE, refusal(guesses(65), users("a"), events("b")));
    }

    private static String guesses(int count) {
        String values = IntStream.range(0, count).mapToObj(i -> "'c" + i + "'").collect(Collectors.joining(","));
        String where = "'where':[{'column':'a#city','op':'IN','values':[" + values + "]}]";
        return TWO.replace("'dataset':'a'", "'dataset':'a'," + where);
    }

    @Test
    void plan_withAnOwnListUnderAThousand_isRefused() {
        assertEquals(Code.LIST_TOO_SMALL, refused(withOwn(999)));
        assertTrue(OverlapPlanner.plan(withOwn(1_000)) instanceof Plan);
    }

    private static PlanRequest withOwn(long units) {
        var inputs = new ArrayList<PlanRequest.Input>();
        inputs.add(Declarations.own(users("a"), units));
        inputs.addAll(Declarations.others(events("b")));
        return request(TWO, new Loss.Zcdp(new MicroRho(1_000)), inputs);
    }

    @Test
    void plan_withoutLoss_isBelowTheUtilityFloor() {
        var inputs = Declarations.others(users("a"), events("b"));
        assertEquals(Code.BELOW_UTILITY_FLOOR, refused(request(TWO, new Loss.Zcdp(MicroRho.ZERO), inputs)));
        assertEquals(
                new LaplaceScale(BigInteger.valueOf(1_000_000), BigInteger.ONE),
                ((Plan) OverlapPlanner.plan(request(TWO, new Loss.Pure(new MicroEpsilon(1)), inputs)))
                        .release()
                        .spread(0));
        assertNotEquals(
                plan(TWO, users("a"), events("b")).release().spread(0),
                ((Plan) OverlapPlanner.plan(request(TWO, new Loss.Zcdp(new MicroRho(1)), inputs)))
                        .release()
                        .spread(0));
    }

    /** So many audiences of dataset a, each with another condition. */
    private static String audiences(int count, String more) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'id':'x" + i + "','dataset':'a','where':[{'column':'a#score','op':'GE','values':[" + i
                        + "]}]}")
                .collect(Collectors.joining(",", "{'audiences':[", "]" + more + "}"));
    }

    private static Plan plan(String params, Dataset... datasets) {
        Planned planned = OverlapPlanner.plan(request(params, datasets));
        assertTrue(planned instanceof Plan, () -> "refused: " + planned);
        return (Plan) planned;
    }

    private static Code refusal(String params, Dataset... datasets) {
        return refused(request(params, datasets));
    }

    private static Code refused(PlanRequest request) {
        return ((Planned.Refused) OverlapPlanner.plan(request)).code();
    }

    private static Code malformed(String params, Dataset... datasets) {
        return assertThrows(DataException.class, () -> OverlapPlanner.plan(request(params, datasets)))
                .code();
    }
}
