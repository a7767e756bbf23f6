package io.tamis.policy.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One edit to the repository's bundle, each a mistake or an attack: refused, with the file and the place named. */
class BundleMutantsTest {
    private static final String ACCESS = "access.yaml";
    private static final String BUDGETS = "budgets.yaml";
    private static final String BUNDLE = "bundle.yaml";
    private static final String CDNOW = "datasets/cdnow.yaml";
    private static final String ORDERS = "datasets/orders.yaml";
    private static final String REDLINES = "redlines.yaml";
    private static final String RETENTION = "retention.yaml";
    private static final String TAXONOMY = "taxonomy.yaml";
    private static final String TRANSFORMS = "transforms.yaml";
    private static final String USERS = "datasets/shop-users.yaml";

    private record Mutant(String name, String file, String from, String to, String pointer) {}

    private static final List<Mutant> ACCESS_MUTANTS = List.of(
            new Mutant(
                    "every role in a permit",
                    ACCESS,
                    "PERMIT, roles: [MERCHANT]",
                    "PERMIT, roles: [\"*\"]",
                    "/rules/0"),
            new Mutant("every level in a permit", ACCESS, "levels: [L1]", "levels: [\"*\"]", "/rules/0/levels"),
            new Mutant("unknown role", ACCESS, "roles: [MERCHANT]", "roles: [ADVERTISER]", "/rules/0/roles"),
            new Mutant("unknown level", ACCESS, "levels: [L2, L3]", "levels: [L2, L6]", "/rules/1/levels"),
            new Mutant("unknown purpose", ACCESS, "[AD_MEASUREMENT,", "[RESALE,", "/rules/0/purposes"),
            new Mutant(
                    "misspelt attribute",
                    ACCESS,
                    "contexts: [SANDBOX_OUTPUT]",
                    "context: [SANDBOX_OUTPUT]",
                    "/rules/0"),
            new Mutant(
                    "deny without reason",
                    ACCESS,
                    "reason: core identity is never open to a merchant, ",
                    "",
                    "/rules/"),
            new Mutant(
                    "deny with treatment",
                    ACCESS,
                    "actions: [\"*\"], reason: core",
                    "actions: [\"*\"], treatment: RAW, reason: core",
                    "/rules/"),
            new Mutant(
                    "permit without requires",
                    ACCESS,
                    "requires: { consent: NONE }, treatment: RAW",
                    "treatment: RAW",
                    "/rules/0"),
            new Mutant(
                    "requires without consent",
                    ACCESS,
                    "requires: { consent: NONE }",
                    "requires: { pia: APPROVED }",
                    "/rules/0/requires"),
            new Mutant("aggregate without cohort", ACCESS, "minCohort: 50, ", "", "/rules/1/requires"),
            new Mutant("aggregate with cohort 9", ACCESS, "minCohort: 50", "minCohort: 9", "/rules/1/requires"),
            new Mutant(
                    "aggregate below the taxonomy's cohort",
                    ACCESS,
                    "minCohort: 50",
                    "minCohort: 49",
                    "/rules/1/requires"),
            new Mutant(
                    "aggregate above the taxonomy's rho",
                    ACCESS,
                    "maxRhoMicro: 24355",
                    "maxRhoMicro: 24356",
                    "/rules/1/requires"),
            new Mutant(
                    "aggregate above the taxonomy's epsilon",
                    ACCESS,
                    "maxEpsilonMicro: 1000000",
                    "maxEpsilonMicro: 1000001",
                    "/rules/1/requires"),
            new Mutant("aggregate without rho", ACCESS, "maxRhoMicro: 24355, ", "", "/rules/1/requires"),
            new Mutant(
                    "encrypted L5",
                    ACCESS,
                    "levels: [L4], purposes: [AD_MEASUREMENT, AUDIENCE_INSIGHT, CLV_MODELLING, ATTRIBUTION], contexts: [SANDBOX_INPUT], actions: [COMPUTE_ENCRYPTED]",
                    "levels: [L5], purposes: [AD_MEASUREMENT], contexts: [SANDBOX_INPUT], actions: [COMPUTE_ENCRYPTED]",
                    "/rules/6"),
            new Mutant(
                    "encrypted for another action",
                    ACCESS,
                    "actions: [COMPUTE_ENCRYPTED]",
                    "actions: [COMPUTE_ENCRYPTED, MATCH]",
                    "/rules/6"),
            new Mutant(
                    "merchant reads records",
                    ACCESS,
                    "contexts: [SANDBOX_INPUT], actions: [STORE]",
                    "contexts: [RECORD_UI], actions: [READ]",
                    "/rules/4"),
            new Mutant("two rules of one id", ACCESS, "id: AC-M-02", "id: AC-M-01", "/rules/1/id"),
            new Mutant(
                    "other combining",
                    ACCESS,
                    "combining: DENY_OVERRIDES",
                    "combining: PERMIT_OVERRIDES",
                    "/combining"),
            new Mutant("legal reference of no law", ACCESS, "legal: [PIPL-51]", "legal: [GDPR-6]", "/rules/0/legal"),
            new Mutant("rule without legal reference", ACCESS, ", legal: [PIPL-51]", "", "/rules/0"),
            new Mutant("approvals beyond two", ACCESS, "approvals: 2", "approvals: 3", "/rules/"),
            new Mutant(
                    "treatment without transform",
                    ACCESS,
                    "treatment: GENERALIZE, legal",
                    "treatment: TOKEN, legal",
                    "/transforms"));

    private static final List<Mutant> DATASET_MUTANTS = List.of(
            new Mutant(
                    "personal column at L1",
                    CDNOW,
                    "level: L2, flags: [PERSONAL], semantic: DATE",
                    "level: L1, flags: [PERSONAL], semantic: DATE",
                    "/columns/1/level"),
            new Mutant(
                    "sensitive column at L3",
                    USERS,
                    "level: L4, flags: [PERSONAL], semantic: SOCIAL_DEGREE",
                    "level: L3, flags: [SENSITIVE_PERSONAL], semantic: SOCIAL_DEGREE",
                    "/columns/2"),
            new Mutant(
                    "child's column at L4",
                    USERS,
                    "level: L4, flags: [PERSONAL], semantic: SOCIAL_DEGREE",
                    "level: L4, flags: [MINOR_U14], semantic: SOCIAL_DEGREE",
                    "/columns/2"),
            new Mutant(
                    "unlabelled child's column",
                    USERS,
                    "level: L4, flags: [PERSONAL], semantic: SOCIAL_DEGREE",
                    "flags: [MINOR_U14], semantic: SOCIAL_DEGREE",
                    "/columns/2/level"),
            new Mutant("digest at L3", CDNOW, "semantic: QUANTITY", "semantic: DIGEST", "/columns/2/level"),
            new Mutant(
                    "default label that is lower",
                    CDNOW,
                    "semantic: QUANTITY, labelledBy: STEWARD",
                    "semantic: QUANTITY, labelledBy: DEFAULT",
                    "/columns/2/level"),
            new Mutant(
                    "uses beyond the level",
                    CDNOW,
                    "uses: [AGGREGATE_ONLY, FILTER_ONLY], clamp: { min: 0, max: 20 }",
                    "uses: [PUBLIC], clamp: { min: 0, max: 20 }",
                    "/columns/2/uses"),
            new Mutant("identifier as group key", ORDERS, "uses: [JOIN_ONLY]", "uses: [GROUP_KEY]", "/columns/0/uses"),
            new Mutant(
                    "L3 key without capacity",
                    USERS,
                    "uses: [FILTER_ONLY, GROUP_KEY], keyCapacity: 8",
                    "uses: [FILTER_ONLY, GROUP_KEY]",
                    "/columns/3"),
            new Mutant(
                    "L2 key without declared keys",
                    CDNOW,
                    ", dateRange: { from: \"1997-01-01\", to: \"1998-06-30\" }",
                    "",
                    "/columns/1"),
            new Mutant("unit that is no column", CDNOW, "unit: { column: customer_id", "unit: { column: customer", ""),
            new Mutant(
                    "unit of another meaning",
                    CDNOW,
                    "unit: { column: customer_id, semantic: ACCOUNT_ID",
                    "unit: { column: customer_id, semantic: CN_ID",
                    "/unit/semantic"),
            new Mutant(
                    "unit column at L3",
                    CDNOW,
                    "level: L4, flags: [PERSONAL], semantic: ACCOUNT_ID, labelledBy: STEWARD, uses: [JOIN_ONLY]",
                    "level: L3, flags: [PERSONAL], semantic: ACCOUNT_ID, labelledBy: STEWARD, uses: [FILTER_ONLY]",
                    "/unit/column"),
            new Mutant("unit column denied", CDNOW, "uses: [JOIN_ONLY]", "uses: [DENY]", "/unit/column"),
            new Mutant(
                    "personal data without unit",
                    CDNOW,
                    "unit: { column: customer_id, semantic: ACCOUNT_ID, groupsMax: 3, rowsMax: 250 }",
                    "unit: null",
                    "/unit"),
            new Mutant("k of 49", CDNOW, "minUsers: 50", "minUsers: 49", "/minUsers"),
            new Mutant("no groups", CDNOW, "groupsMax: 3", "groupsMax: 0", "/unit"),
            new Mutant(
                    "sum that could overflow",
                    ORDERS,
                    "clamp: { min: 0, max: 500000 }",
                    "clamp: { min: 0, max: 92233720369 }",
                    "/columns/1"),
            new Mutant(
                    "clamp upside down",
                    CDNOW,
                    "clamp: { min: 0, max: 20 }",
                    "clamp: { min: 21, max: 20 }",
                    "/columns/2/clamp"),
            new Mutant(
                    "clamp of text",
                    ORDERS,
                    "uses: [PUBLIC], domain",
                    "uses: [PUBLIC], clamp: { min: 0, max: 1 }, domain",
                    "/columns/2"),
            new Mutant("no such day", CDNOW, "from: \"1997-01-01\"", "from: \"1997-02-30\"", "/columns/1/dateRange"),
            new Mutant("days upside down", CDNOW, "to: \"1998-06-30\"", "to: \"1996-06-30\"", "/columns/1/dateRange"),
            new Mutant(
                    "assessment until no day",
                    CDNOW,
                    "validUntil: \"2027-11-30\"",
                    "validUntil: \"2027-11-31\"",
                    "/pia"),
            new Mutant(
                    "assessment without purpose",
                    CDNOW,
                    "purposes: [AUDIENCE_INSIGHT, CLV_MODELLING]",
                    "purposes: []",
                    "/pia"),
            new Mutant("column twice", CDNOW, "name: cds", "name: amount_usd", ""),
            new Mutant("domain value twice", USERS, "[free, plus, gold]", "[free, plus, free]", "/columns/10/domain"),
            new Mutant("domain of another type", USERS, "domain: [T1, T2, T3, T4, T5]", "domain: [T1, 2]", ""),
            new Mutant("decimal without scale", CDNOW, "type: decimal, scale: 2", "type: decimal", "/columns/3"),
            new Mutant("scale of an integer", CDNOW, "type: integer", "type: integer, scale: 2", "/columns/2"),
            new Mutant("column name beyond ASCII", CDNOW, "name: cds", "name: c\u0501s", "/columns/2/name"),
            new Mutant("column name with a newline", CDNOW, "name: cds", "name: \"cds\\n\"", "/columns/2"),
            new Mutant("column name that is SQL", CDNOW, "name: cds", "name: \"cds; DROP\"", "/columns/2/name"),
            new Mutant("another file's id", CDNOW, "id: cdnow", "id: orders", "/id"),
            new Mutant("id that leaves the folder", CDNOW, "id: cdnow", "id: \"../cdnow\"", "/id"),
            new Mutant("unknown field", CDNOW, "minUsers: 50", "minUsers: 50\nminUser: 1", ""),
            new Mutant("unknown consent", CDNOW, "consent: SEPARATE", "consent: IMPLIED", "/consent"),
            new Mutant("core as a level", CDNOW, "nationalGrade: GENERAL", "nationalGrade: L5", "/nationalGrade"));

    private static final List<Mutant> OTHER_MUTANTS = List.of(
            new Mutant("default below L4", TAXONOMY, "default: L4", "default: L3", "/default"),
            new Mutant("personal floor at L1", TAXONOMY, "personal: L2", "personal: L1", "/floors/personal"),
            new Mutant("raised floor", TAXONOMY, "personal: L2", "personal: L3", "/columns/1/level"),
            new Mutant("sensitive floor at L3", TAXONOMY, "sensitivePersonal: L4", "sensitivePersonal: L3", "/floors"),
            new Mutant("digest floor at L2", TAXONOMY, "digest: L4", "digest: L2", "/floors"),
            new Mutant("child floor at L4", TAXONOMY, "minorUnder14: L5", "minorUnder14: L4", "/floors"),
            new Mutant(
                    "level described twice",
                    TAXONOMY,
                    "{ id: L2, name: internal",
                    "{ id: L1, name: internal",
                    "/levels"),
            new Mutant(
                    "level named core data",
                    TAXONOMY,
                    "\u6838\u5fc3\u8eab\u4efd",
                    "\u6838\u5fc3\u6570\u636e",
                    "/levels"),
            new Mutant("join that lowers", TAXONOMY, "join: MAX", "join: MIN", "/derivation/join"),
            new Mutant(
                    "pseudonym no longer personal",
                    TAXONOMY,
                    "to: L3, stillPersonal: true",
                    "to: L3, stillPersonal: false",
                    "/derivation"),
            new Mutant(
                    "unkeyed hash",
                    TRANSFORMS,
                    "algorithm: HMAC_SHA256",
                    "algorithm: SHA_256",
                    "/transforms/0/algorithm"),
            new Mutant("FF3", TRANSFORMS, "algorithm: AES_SIV", "algorithm: FF3", "/transforms/1/algorithm"),
            new Mutant(
                    "pseudonym by constant",
                    TRANSFORMS,
                    "algorithm: HMAC_SHA256, keyScope: COLLABORATION_SEMANTIC_EPOCH",
                    "algorithm: CONSTANT, keyScope: NONE",
                    "/transforms/0/algorithm"),
            new Mutant("pseudonym at L2", TRANSFORMS, "outputLevel: L3", "outputLevel: L2", "/transforms/0"),
            new Mutant(
                    "pseudonym without key scope",
                    TRANSFORMS,
                    "keyScope: COLLABORATION_SEMANTIC_EPOCH",
                    "keyScope: NONE",
                    "/transforms/0"),
            new Mutant(
                    "pseudonym not personal",
                    TRANSFORMS,
                    "stillPersonal: true",
                    "stillPersonal: false",
                    "/transforms/0"),
            new Mutant(
                    "partial that joins",
                    TRANSFORMS,
                    "normalise: E164, reversible: false, joinable: false",
                    "normalise: E164, reversible: false, joinable: true",
                    "/transforms/2"),
            new Mutant(
                    "partial in every context", TRANSFORMS, ", contexts: [SUBJECT_UI, CASE_UI]", "", "/transforms/2"),
            new Mutant(
                    "two transforms of one id",
                    TRANSFORMS,
                    "id: EMAIL_PSEUDONYM",
                    "id: PHONE_PSEUDONYM",
                    "/transforms/3/id"),
            new Mutant(
                    "two transforms of one use",
                    TRANSFORMS,
                    "semantics: [EMAIL]",
                    "semantics: [EMAIL, CN_MOBILE]",
                    "/transforms"),
            new Mutant(
                    "no transform of a phone",
                    TRANSFORMS,
                    "semantics: [CN_MOBILE]",
                    "semantics: [LANDLINE]",
                    "/transforms"),
            new Mutant(
                    "no suppression",
                    TRANSFORMS,
                    "treatment: SUPPRESS, semantics: [\"*\"]",
                    "treatment: SUPPRESS, semantics: [EMAIL]",
                    "/transforms"),
            new Mutant(
                    "every and one",
                    TRANSFORMS,
                    "semantics: [\"*\"]",
                    "semantics: [\"*\", EMAIL]",
                    "/transforms/9/semantics"),
            new Mutant(
                    "buckets out of order",
                    TRANSFORMS,
                    "buckets: [0, 5000,",
                    "buckets: [5000, 0,",
                    "/transforms/10/buckets"),
            new Mutant("generalisation to nothing", TRANSFORMS, "floor: MONTH, ", "", "/transforms/12"),
            new Mutant(
                    "encrypted by the server's key",
                    TRANSFORMS,
                    "algorithm: THRESHOLD_BFV",
                    "algorithm: AES_SIV",
                    "/transforms/9"),
            new Mutant(
                    "merchant cap over the declared epsilon",
                    BUDGETS,
                    "rhoMicro: 24355",
                    "rhoMicro: 200000",
                    "/dataset/merchant/month"),
            new Mutant(
                    "everyone's cap one micro-rho over",
                    BUDGETS,
                    "rhoMicro: 88152",
                    "rhoMicro: 88153",
                    "/dataset/allMerchants/month"),
            new Mutant(
                    "declared epsilon lowered",
                    BUDGETS,
                    "epsilonMicro: 4000000",
                    "epsilonMicro: 3999900",
                    "/dataset/allMerchants"),
            new Mutant(
                    "delta over the declared",
                    BUDGETS,
                    "deltaE18: 1000000000000 }",
                    "deltaE18: 1000000000001 }",
                    "/dataset/allMerchants/month"),
            new Mutant(
                    "collaboration over the declared",
                    BUDGETS,
                    "rhoMicro: 311064",
                    "rhoMicro: 311065",
                    "/collaboration/lifetime"),
            new Mutant("negative cap", BUDGETS, "rhoMicro: 24355", "rhoMicro: -1", "/dataset/merchant/month"),
            new Mutant("infinite cap", BUDGETS, "rhoMicro: 24355", "rhoMicro: .inf", ""),
            new Mutant("cap beyond 2^53", BUDGETS, "rhoMicro: 24355", "rhoMicro: 9007199254740993", ""),
            new Mutant(
                    "conversion at a laxer delta",
                    BUDGETS,
                    "conversionDeltaE18: 1000000000000",
                    "conversionDeltaE18: 1000000000001",
                    "/conversionDeltaE18"),
            new Mutant(
                    "events kept too shortly",
                    RETENTION,
                    "minDays: 1096, days: 1827",
                    "minDays: 1095, days: 1827",
                    "/rules/0"),
            new Mutant("backups kept too long", RETENTION, "days: 35, onExpiry", "days: 36, onExpiry", "/rules/3"),
            new Mutant(
                    "two retentions of one record",
                    RETENTION,
                    "record: KEY_TABLE_BACKUP, maxDays: 35, days: 35, onExpiry: DELETE",
                    "record: SUBJECT_DATA_L4_L5, days: 35, onExpiry: CRYPTO_SHRED",
                    "/rules/3/record"),
            new Mutant("two red lines of one id", REDLINES, "id: RL-02", "id: RL-01", "/lines/1/id"),
            new Mutant("weight without bound", REDLINES, "weight: 100", "weight: 101", "/lines/0/weight"),
            new Mutant(
                    "assessor of the same department",
                    REDLINES,
                    "departmentBlind: true",
                    "departmentBlind: false",
                    "/scoring"),
            new Mutant("file left out of the list", BUNDLE, ", datasets/cdnow.yaml", "", ""),
            new Mutant(
                    "file that leaves the folder",
                    BUNDLE,
                    "datasets/cdnow.yaml,",
                    "datasets/cdnow.yaml, ../secret.yaml,",
                    "/files"),
            new Mutant("file of no kind", BUNDLE, "datasets/cdnow.yaml,", "datasets/cdnow.yaml, extra.yaml,", "/files"),
            new Mutant("hash of no build", BUNDLE, "hash: SHA_256", "hash: SM3", "/hash"),
            new Mutant(
                    "bundle that names itself",
                    BUNDLE,
                    "files: [taxonomy.yaml",
                    "files: [bundle.yaml, taxonomy.yaml",
                    "/files"),
            new Mutant(
                    "bundle of another version",
                    BUNDLE,
                    "apiVersion: policy/v1",
                    "apiVersion: policy/v2",
                    "/apiVersion"));

    @TestFactory
    Stream<DynamicTest> mutant_ofTheBundle_isRefusedWithItsPlace() {
        return Stream.of(ACCESS_MUTANTS, DATASET_MUTANTS, OTHER_MUTANTS)
                .flatMap(List::stream)
                .map(mutant -> DynamicTest.dynamicTest(mutant.name, () -> isRefusedWithItsPlace(mutant)));
    }

    private static void isRefusedWithItsPlace(Mutant mutant) {
        List<Problem> problems = PolicyFiles.refused(PolicyFiles.edited(mutant.file, mutant.from, mutant.to));
        assertTrue(
                problems.stream()
                        .anyMatch(problem ->
                                fileFits(mutant, problem) && problem.pointer().startsWith(mutant.pointer)),
                problems::toString);
        assertTrue(problems.size() < 40, () -> "too many words for one mistake: " + problems.size());
    }

    /** A mistake may only show in another file: the one that is right by itself but no longer fits. */
    private static boolean fileFits(Mutant mutant, Problem problem) {
        return switch (mutant.name) {
            case "treatment without transform" -> problem.file().equals(TRANSFORMS);
            case "raised floor", "file left out of the list" -> problem.file().equals(CDNOW);
            default -> problem.file().equals(mutant.file);
        };
    }
}
