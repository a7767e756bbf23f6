package io.tamis.policy.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Flag;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.Semantic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What spans files: floors, budgets, sums, transforms; at their exact borders. */
class ChecksTest {
    private static final Semantic PHONE = new Semantic("CN_MOBILE");

    private static Taxonomy taxonomy() {
        try {
            return Taxonomy.read(YamlReader.read(PolicyFiles.read().get("taxonomy.yaml")));
        } catch (YamlReader.Refused refused) {
            throw new AssertionError(refused);
        }
    }

    private static List<String> problems(Map<String, byte[]> files) {
        return switch (PolicyLoader.load(files)) {
            case LoadResult.Loaded _ -> List.of();
            case LoadResult.Rejected(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }

    private static Map<String, byte[]> added(Map<String, byte[]> files, String path, String from, String to) {
        String text = new String(files.get(path), StandardCharsets.UTF_8);
        if (!text.contains(from)) {
            throw new AssertionError(path + " does not hold " + from);
        }
        files.put(path, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    @Test
    void taxonomy_ofTheBundle_isReadWhole() {
        Taxonomy taxonomy = taxonomy();
        assertEquals(Level.L4, taxonomy.unlabelled());
        assertEquals(Level.L4, taxonomy.digestFloor());
        assertEquals(50, taxonomy.aggregate().cohortMin());
        assertEquals(new MicroRho(24_355), taxonomy.aggregate().rhoMax());
        assertEquals(new MicroEpsilon(1_000_000), taxonomy.aggregate().epsilonMax());
    }

    @Test
    void floor_ofSeveralFlags_isTheHighest() {
        Taxonomy taxonomy = taxonomy();
        assertEquals(Level.L1, taxonomy.floor(Set.of(), PHONE));
        assertEquals(Level.L1, taxonomy.floor(Set.of(Flag.CROSS_BORDER, Flag.LOOKS_REAL), PHONE));
        assertEquals(Level.L2, taxonomy.floor(Set.of(Flag.PERSONAL), PHONE));
        assertEquals(Level.L4, taxonomy.floor(Set.of(Flag.PERSONAL, Flag.SENSITIVE_PERSONAL), PHONE));
        assertEquals(Level.L5, taxonomy.floor(Set.of(Flag.MINOR_U14, Flag.PERSONAL), PHONE));
        assertEquals(Level.L4, taxonomy.floor(Set.of(), Taxonomy.DIGEST));
        assertEquals(Level.L5, taxonomy.floor(Set.of(Flag.MINOR_U14), Taxonomy.DIGEST));
    }

    /** rowCapacity 10,000,000 x groupsMax 5 = 5e7; 2^62 / 5e7 = 92,233,720,368.5. */
    @ParameterizedTest
    @CsvSource({
        "92233720368, true",
        "92233720369, false",
    })
    void sum_atTheBorderOfOverflow_isJudgedExactly(long bound, boolean accepted) {
        var files = PolicyFiles.edited(
                "datasets/orders.yaml", "clamp: { min: 0, max: 500000 }", "clamp: { min: 0, max: " + bound + " }");
        assertEquals(accepted, problems(files).isEmpty());
        var negative = PolicyFiles.edited(
                "datasets/orders.yaml", "clamp: { min: 0, max: 500000 }", "clamp: { min: -" + bound + ", max: 0 }");
        assertEquals(accepted, problems(negative).isEmpty());
    }

    @Test
    void count_thatCouldOverflow_isRefused() {
        var files = PolicyFiles.edited("datasets/orders.yaml", "rowCapacity: 10000000", "rowCapacity: 1099511627776");
        added(files, "datasets/orders.yaml", "groupsMax: 5", "groupsMax: 1048576");
        added(files, "datasets/orders.yaml", "clamp: { min: 0, max: 500000 }", "clamp: { min: 0, max: 1 }");
        assertEquals(
                List.of(
                        "datasets/orders.yaml#/columns/0: could overflow a sum: rowCapacity x groupsMax x bound reaches 2^62"),
                problems(files));
        added(files, "datasets/orders.yaml", "countMax: 10", "countMax: 3");
        assertEquals(List.of(), problems(files));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rhoMicro: 88152|rhoMicro: 88152|true",
                "rhoMicro: 88152|rhoMicro: 88153|false",
                "rhoMicro: 311064|rhoMicro: 311064|true",
                "rhoMicro: 311064|rhoMicro: 311065|false",
                "rhoMicro: 24355|rhoMicro: 0|true",
                "pureEpsilonMicro: 1000000|pureEpsilonMicro: 3000000|true",
                "pureEpsilonMicro: 1000000|pureEpsilonMicro: 3000050|false",
                "deltaE18: 100000000000 }|deltaE18: 1000000000000 }|true",
                "deltaE18: 100000000000 }|deltaE18: 1000000000001 }|false",
                "conversionDeltaE18: 1000000000000|conversionDeltaE18: 100000000|false",
            })
    void caps_atTheBorderOfTheDeclared_areJudgedExactly(String from, String to, boolean accepted) {
        // 233,546 micro-rho is an epsilon a little over 3.4: too much beside a pure cap of 1 under a declared 4.
        boolean expected = accepted && !to.equals("rhoMicro: 233546");
        assertEquals(
                expected, problems(PolicyFiles.edited("budgets.yaml", from, to)).isEmpty());
    }

    @Test
    void cap_overTheDeclared_isNamedOnceForEachRow() {
        var files = PolicyFiles.read();
        added(files, "budgets.yaml", "epsilonMicro: 4000000", "epsilonMicro: 1900000");
        assertEquals(
                List.of(
                        "budgets.yaml#/dataset/merchant/month: allows more epsilon than is declared",
                        "budgets.yaml#/dataset/merchant/lifetime: allows more epsilon than is declared",
                        "budgets.yaml#/dataset/allMerchants/month: allows more epsilon than is declared",
                        "budgets.yaml#/dataset/allMerchants/lifetime: allows more epsilon than is declared"),
                problems(files).stream()
                        .filter(problem -> problem.contains("/dataset/"))
                        .toList());
    }

    @Test
    void transform_reachableInOneContextOnly_isEnoughThere() {
        // PARTIAL of a phone is permitted in the two views it is displayed in; making it usable in one only leaves a
        // gap.
        var files = PolicyFiles.read();
        added(
                files,
                "transforms.yaml",
                "{ id: PHONE_DISPLAY,    treatment: PARTIAL,   semantics: [CN_MOBILE], algorithm: PARTIAL, keep: { first: 3, last: 4 }, keyScope: NONE, normalise: E164, reversible: false, joinable: false, outputLevel: L4, stillPersonal: true, contexts: [SUBJECT_UI, CASE_UI] }",
                "{ id: PHONE_DISPLAY,    treatment: PARTIAL,   semantics: [CN_MOBILE], algorithm: PARTIAL, keep: { first: 3, last: 4 }, keyScope: NONE, normalise: E164, reversible: false, joinable: false, outputLevel: L4, stillPersonal: true, contexts: [SUBJECT_UI] }");
        assertEquals(
                List.of("transforms.yaml#/transforms: no transform makes PARTIAL of CN_MOBILE in CASE_UI"),
                problems(files));
    }

    @Test
    void transforms_splitByContext_areNotAmbiguous() {
        String line =
                "  - { id: PHONE_CASE, treatment: PARTIAL, semantics: [CN_MOBILE], algorithm: PARTIAL, keep: { first: 0, last: 4 }, keyScope: NONE, normalise: E164, reversible: false, joinable: false, outputLevel: L4, stillPersonal: true, contexts: [CASE_UI] }\n";
        var files = PolicyFiles.read();
        added(files, "transforms.yaml", "  - { id: EMAIL_PSEUDONYM", line + "  - { id: EMAIL_PSEUDONYM");
        assertEquals(
                List.of("transforms.yaml#/transforms: more than one transform makes PARTIAL of CN_MOBILE in CASE_UI"),
                problems(files));
        added(
                files,
                "transforms.yaml",
                "keep: { first: 3, last: 4 }, keyScope: NONE, normalise: E164, reversible: false, joinable: false, outputLevel: L4, stillPersonal: true, contexts: [SUBJECT_UI, CASE_UI]",
                "keep: { first: 3, last: 4 }, keyScope: NONE, normalise: E164, reversible: false, joinable: false, outputLevel: L4, stillPersonal: true, contexts: [SUBJECT_UI]");
        assertEquals(List.of(), problems(files));
    }

    @Test
    void transform_forAMeaningNobodyDeclares_isNotMissed() {
        // No dataset holds e-mail addresses, so nothing reaches their pseudonym.
        var files = PolicyFiles.edited("transforms.yaml", "semantics: [EMAIL]", "semantics: [LANDLINE]");
        assertEquals(List.of(), problems(files));
    }

    @Test
    void newDataset_withANewMeaning_needsItsTransforms() {
        var files = PolicyFiles.read();
        added(files, "datasets/cdnow.yaml", "semantic: QUANTITY", "semantic: WEIGHT");
        assertEquals(
                List.of("transforms.yaml#/transforms: no transform makes GENERALIZE of WEIGHT in CASE_UI"),
                problems(files));
    }

    @Test
    void dataset_addedToTheFolderAndTheList_isAccepted() {
        var files = PolicyFiles.read();
        files.put(
                "datasets/cdnow-two.yaml",
                PolicyFiles.text(files, "datasets/cdnow.yaml")
                        .replace("id: cdnow\n", "id: cdnow-two\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("datasets/cdnow-two.yaml: is not named by bundle.yaml"), problems(files));
        added(files, "bundle.yaml", "datasets/cdnow.yaml,", "datasets/cdnow.yaml, datasets/cdnow-two.yaml,");
        assertEquals(List.of(), problems(files));
        assertEquals(10, PolicyFiles.accepted(files).datasets().size());
    }

    @Test
    void unitColumn_ofCoreIdentity_isAcceptedForFraud() {
        var files = PolicyFiles.read();
        added(
                files,
                "datasets/cdnow.yaml",
                "level: L4, flags: [PERSONAL], semantic: ACCOUNT_ID, labelledBy: STEWARD, uses: [JOIN_ONLY]",
                "level: L5, flags: [PERSONAL], semantic: CN_ID, labelledBy: STEWARD, uses: [JOIN_ONLY]");
        added(
                files,
                "datasets/cdnow.yaml",
                "column: customer_id, semantic: ACCOUNT_ID",
                "column: customer_id, semantic: CN_ID");
        assertEquals(List.of(), problems(files));
    }

    @Test
    void encryptedOnly_withAnotherUse_isAProblem() {
        var files = PolicyFiles.edited(
                "datasets/shop-users.yaml",
                "uses: [AGGREGATE_ONLY, FILTER_ONLY], clamp: { min: 0, max: 30 }",
                "uses: [AGGREGATE_ONLY, ENCRYPTED_ONLY], clamp: { min: 0, max: 30 }");
        assertEquals(
                List.of("datasets/shop-users.yaml#/columns/5/uses: ENCRYPTED_ONLY stands alone: such a column is never"
                        + " uploaded"),
                problems(files));
    }

    @Test
    void defaultLevel_ofL5_makesUnlabelledColumnsDenied() {
        var files = PolicyFiles.edited("taxonomy.yaml", "default: L4", "default: L5");
        added(
                files,
                "datasets/cdnow.yaml",
                "level: L3, flags: [PERSONAL], semantic: QUANTITY, labelledBy: STEWARD, uses: [AGGREGATE_ONLY, FILTER_ONLY], clamp: { min: 0, max: 20 }",
                "flags: [PERSONAL], semantic: CN_ID, labelledBy: DEFAULT, uses: [ENCRYPTED_ONLY]");
        assertEquals(List.of("datasets/cdnow.yaml#/columns/2/uses: go beyond what L5 allows"), problems(files));
        added(files, "datasets/cdnow.yaml", ", uses: [ENCRYPTED_ONLY]", "");
        assertEquals(List.of(), problems(files));
    }
}
