package io.tamis.policy.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Semantic;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.Region;
import io.tamis.policy.Requirements;
import io.tamis.policy.Rule;
import io.tamis.policy.Transform;
import io.tamis.policy.Treatment;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From text to rules and transforms. */
class ReadersTest {
    private static final String ACCESS = "apiVersion: policy/v1\nkind: Access\ncombining: DENY_OVERRIDES\nrules:\n";
    private static final String TRANSFORMS = "apiVersion: policy/v1\nkind: Transforms\ntransforms:\n";

    private static Yaml document(String schema, String text) {
        try {
            Yaml document = YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of(), Schemas.check(schema, schema, document, 10));
            return document;
        } catch (YamlReader.Refused refused) {
            throw new AssertionError(refused);
        }
    }

    private static Rule rule(String text) {
        return AccessReader.read(document("access", ACCESS + "  - { " + text + " }\n"))
                .getFirst();
    }

    private static List<String> transformProblems(String... transforms) {
        var problems = new Problems();
        new TransformReader(problems).read(document("transforms", TRANSFORMS + String.join("", transforms)));
        return problems.list().stream().map(Problem::toString).toList();
    }

    private static String transform(String id, String treatment, String algorithm, String more) {
        return "  - { id: " + id + ", treatment: " + treatment + ", semantics: [EMAIL], algorithm: " + algorithm
                + ", normalise: NONE, reversible: false, joinable: false, " + more + " }\n";
    }

    @Test
    void star_inADenial_isEveryConstant() {
        Rule rule = rule("id: AC-X-01, effect: DENY, roles: [\"*\"], levels: [\"*\"], purposes: [\"*\"],"
                + " contexts: [\"*\"], actions: [\"*\"], reason: nothing goes, legal: [PIPL-51]");
        assertEquals(EnumSet.allOf(PolicyRole.class), rule.scope().roles());
        assertEquals(EnumSet.allOf(Level.class), rule.scope().levels());
        assertEquals(EnumSet.allOf(Purpose.class), rule.scope().purposes());
        assertEquals(EnumSet.allOf(Context.class), rule.scope().contexts());
        assertEquals(EnumSet.allOf(Action.class), rule.scope().actions());
        assertEquals(EnumSet.allOf(Region.class), rule.scope().regions());
        assertEquals(new Rule.Denies("nothing goes"), rule.effect());
    }

    @Test
    void regions_leftOut_areBoth() {
        String rest = "effect: DENY, roles: [MERCHANT], levels: [L5], purposes: [ATTRIBUTION], contexts: [LOG],"
                + " actions: [READ], reason: no, legal: [NDSR-12]";
        assertEquals(
                Set.of(Region.DOMESTIC, Region.ABROAD),
                rule("id: AC-X-01, " + rest).scope().regions());
        assertEquals(
                Set.of(Region.ABROAD),
                rule("id: AC-X-01, regions: [ABROAD], " + rest).scope().regions());
    }

    @Test
    void permit_withEveryRequirement_isReadWhole() {
        Rule rule = rule("id: AC-P-001, effect: PERMIT, roles: [MERCHANT, SYSTEM_JOB], levels: [L2],"
                + " purposes: [CLV_MODELLING], contexts: [SANDBOX_OUTPUT], actions: [AGGREGATE],"
                + " requires: { consent: GUARDIAN, pia: APPROVED, minCohort: 60, maxRhoMicro: 7, maxEpsilonMicro: 8,"
                + " approvals: 2, dpoApproval: true, strongAuth: true }, treatment: DP_AGGREGATE,"
                + " legal: [PIPL-31, PIPL-55]");
        var requires = new Requirements(
                ConsentClass.GUARDIAN,
                true,
                OptionalInt.of(60),
                Optional.of(new MicroRho(7)),
                Optional.of(new MicroEpsilon(8)),
                2,
                true,
                true);
        assertEquals(new Rule.Permits(Treatment.DP_AGGREGATE, requires), rule.effect());
        assertEquals(
                Set.of(PolicyRole.MERCHANT, PolicyRole.SYSTEM_JOB), rule.scope().roles());
        assertEquals(List.of("PIPL-31", "PIPL-55"), rule.legal());
    }

    @Test
    void cohort_beyondAnInt_isRefused() {
        assertThrows(
                DataException.class,
                () -> rule("id: AC-P-001, effect: PERMIT, roles: [MERCHANT], levels: [L2], purposes: [CLV_MODELLING],"
                        + " contexts: [SANDBOX_OUTPUT], actions: [AGGREGATE], requires: { consent: NONE,"
                        + " minCohort: 2147483648 }, treatment: RAW, legal: [PIPL-31]"));
    }

    @Test
    void transform_forEveryMeaning_namesNone() {
        List<Transform> read = new TransformReader(new Problems())
                .read(document(
                        "transforms",
                        TRANSFORMS
                                + "  - { id: DROP, treatment: SUPPRESS, semantics: [\"*\"], algorithm: SUPPRESS,"
                                + " keyScope: NONE, normalise: NONE, reversible: false, joinable: false,"
                                + " outputLevel: L1, stillPersonal: false }\n"));
        Transform drop = read.getFirst();
        assertEquals(Set.of(), drop.semantics());
        assertEquals(true, drop.serves(new Semantic("ANYTHING")));
        assertEquals(true, drop.servesIn(Context.LOG));
        assertEquals(Level.L1, drop.outputLevel());
    }

    @Test
    void transform_forOneMeaningInOneContext_servesThereOnly() {
        Transform shown = new TransformReader(new Problems())
                .read(document(
                        "transforms",
                        TRANSFORMS
                                + transform(
                                        "SHOWN",
                                        "PARTIAL",
                                        "PARTIAL",
                                        "keep: { first: 1, last: 1 }, keyScope: NONE, outputLevel: L4,"
                                                + " stillPersonal: true, contexts: [CASE_UI]")))
                .getFirst();
        assertEquals(true, shown.serves(new Semantic("EMAIL")));
        assertEquals(false, shown.serves(new Semantic("CN_MOBILE")));
        assertEquals(true, shown.servesIn(Context.CASE_UI));
        assertEquals(false, shown.servesIn(Context.SUBJECT_UI));
    }

    /** Which algorithm may make which treatment; the schema allows more, as it looks at one field at a time. */
    @ParameterizedTest
    @CsvSource({
        "GENERALIZE, CONSTANT, true",
        "GENERALIZE, TOP_BOTTOM_CODE, true",
        "GENERALIZE, DATE_SHIFT, true",
        "GENERALIZE, SUPPRESS, false",
        "GENERALIZE, DP_AGGREGATE, false",
        "SUPPRESS, SUPPRESS, true",
        "SUPPRESS, CONSTANT, true",
        "SUPPRESS, TOP_BOTTOM_CODE, false",
        "PARTIAL, CONSTANT, false",
        "PSEUDONYM, CONSTANT, false",
        "PSEUDONYM, DATE_SHIFT, false",
        "PSEUDONYM, SUPPRESS, false",
        "TOKEN, CONSTANT, false",
        "DP_AGGREGATE, DP_AGGREGATE, true",
        "DP_AGGREGATE, CONSTANT, false",
    })
    void treatment_byAnAlgorithm_isAcceptedOrNot(String treatment, String algorithm, boolean accepted) {
        List<String> problems = transformProblems(
                transform("ONE", treatment, algorithm, "keyScope: NONE, outputLevel: L4, stillPersonal: true"));
        assertEquals(
                accepted
                        ? List.of()
                        : List.of("transforms.yaml#/transforms/0/algorithm: " + algorithm + " does not make "
                                + treatment),
                problems);
    }

    @ParameterizedTest
    @CsvSource({
        "PSEUDONYM, HMAC_SHA256, COLLABORATION_SEMANTIC_EPOCH",
        "PSEUDONYM, HMAC_SM3, COLLABORATION_SEMANTIC_EPOCH",
        "PSEUDONYM, OPRF_P256, COLLABORATION_SEMANTIC_EPOCH",
        "TOKEN, AES_SIV, TENANT_PURPOSE",
        "TOKEN, FF1, TENANT_PURPOSE",
    })
    void keyedTreatment_byAKeyedAlgorithm_isAccepted(String treatment, String algorithm, String scope) {
        assertEquals(
                List.of(),
                transformProblems(transform(
                        "ONE", treatment, algorithm, "keyScope: " + scope + ", outputLevel: L4, stillPersonal: true")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "buckets: [0, 10], |true",
                "floor: MONTH, |true",
                "buckets: [-5, 0, 10], |true",
                "|false",
                "buckets: [0, 10], floor: MONTH, |false",
                "buckets: [10, 0], |false",
            })
    void generalisation_hasBucketsInOrderOrAFloor(String form, boolean accepted) {
        List<String> problems = transformProblems(transform(
                "ONE",
                "GENERALIZE",
                "GENERALIZE",
                (form == null ? "" : form) + "keyScope: NONE, outputLevel: L2, stillPersonal: true"));
        assertEquals(accepted, problems.isEmpty(), problems::toString);
    }

    @Test
    void transforms_ofOneId_areNamed() {
        String one = transform("ONE", "SUPPRESS", "SUPPRESS", "keyScope: NONE, outputLevel: L1, stillPersonal: false");
        String other =
                transform("ONE", "SUPPRESS", "CONSTANT", "keyScope: NONE, outputLevel: L1, stillPersonal: false");
        assertEquals(List.of("transforms.yaml#/transforms/1/id: names two transforms"), transformProblems(one, other));
    }

    @ParameterizedTest
    @EnumSource(Treatment.class)
    void constant_byItsName_isFound(Treatment treatment) {
        assertEquals(treatment, Constants.named(treatment.name(), Treatment.class));
        assertThrows(
                DataException.class, () -> Constants.named(treatment.name().toLowerCase(Locale.ROOT), Treatment.class));
    }

    @Test
    void problems_beyondTheLimit_areDropped() {
        var problems = new Problems();
        for (int i = 0; i < Problems.LIMIT + 5; i++) {
            problems.add("f", "/" + i, "wrong");
        }
        assertEquals(Problems.LIMIT, problems.list().size());
        assertEquals(0, problems.room());
        assertEquals("/0", problems.list().getFirst().pointer());
    }
}
