package io.tamis.policy.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Charge;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.DeltaE18;
import io.tamis.data.LabelledBy;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.Purpose;
import io.tamis.data.Use;
import io.tamis.policy.PolicyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyLoaderTest {
    private static final PolicyBundle BUNDLE = PolicyFiles.bundle();

    @TempDir
    private Path folder;

    private static Column column(PolicyBundle bundle, String dataset, String name) {
        return bundle.datasets()
                .get(new DatasetId(dataset))
                .column(new ColumnName(name))
                .orElseThrow();
    }

    private void write(Map<String, byte[]> files) throws IOException {
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private List<Problem> refusedFolder() {
        return assertInstanceOf(LoadResult.Rejected.class, PolicyLoader.load(folder))
                .problems();
    }

    @Test
    void dataset_ofTheBundle_isReadWhole() {
        Dataset cdnow = BUNDLE.datasets().get(new DatasetId("cdnow"));
        assertEquals(50, cdnow.minUsers());
        assertEquals(100_000, cdnow.rowCapacity());
        assertEquals(3, cdnow.unit().orElseThrow().groupsMax());
        assertEquals(250, cdnow.unit().orElseThrow().rowsMax());
        assertEquals(
                Set.of(Purpose.AUDIENCE_INSIGHT, Purpose.CLV_MODELLING),
                cdnow.pia().orElseThrow().purposes());
        Column amount = column(BUNDLE, "cdnow", "amount_usd");
        assertEquals(ColumnType.DECIMAL, amount.type());
        assertEquals(2, amount.scale());
        assertEquals(15_000, amount.clamp().orElseThrow().max());
        assertEquals(5, column(BUNDLE, "cdnow", "customer_id").countMax().orElseThrow());
        assertEquals(
                8, column(BUNDLE, "shop-users", "friends_band").keyCapacity().orElseThrow());
        assertEquals(
                List.of("free", "plus", "gold"),
                column(BUNDLE, "shop-users", "member_plan").domain());
    }

    @Test
    void budgets_ofTheBundle_areReadWhole() {
        var merchant = new Charge(new MicroRho(24_355), new DeltaE18(100_000_000_000L), new MicroEpsilon(1_000_000));
        assertEquals(merchant, BUNDLE.budgets().merchantMonth());
        assertEquals(merchant, BUNDLE.budgets().merchantLifetime());
        assertEquals(88_152, BUNDLE.budgets().allMonth().rho().value());
        assertEquals(88_152, BUNDLE.budgets().allLifetime().rho().value());
        assertEquals(311_064, BUNDLE.budgets().collaborationLifetime().rho().value());
    }

    @Test
    void column_withoutLabel_isL4AndJoinsOnly() {
        var bundle = PolicyFiles.accepted(PolicyFiles.edited(
                "datasets/cdnow.yaml",
                "type: integer, level: L3, flags: [PERSONAL], semantic: QUANTITY, labelledBy: STEWARD,"
                        + " uses: [AGGREGATE_ONLY, FILTER_ONLY], clamp: { min: 0, max: 20 }",
                "type: integer, flags: [PERSONAL], semantic: ACCOUNT_ID, labelledBy: STEWARD"));
        Column cds = column(bundle, "cdnow", "cds");
        assertEquals(Level.L4, cds.level());
        assertEquals(Set.of(Use.JOIN_ONLY), cds.uses());
        assertEquals(LabelledBy.DEFAULT, cds.labelledBy());
    }

    @Test
    void column_withoutUses_hasThoseOfItsLevel() {
        var l3 = PolicyFiles.accepted(PolicyFiles.edited(
                "datasets/cdnow.yaml",
                "uses: [AGGREGATE_ONLY, FILTER_ONLY], clamp: { min: 0, max: 20 }",
                "clamp: { min: 0, max: 20 }"));
        assertEquals(
                Set.of(Use.AGGREGATE_ONLY, Use.FILTER_ONLY),
                column(l3, "cdnow", "cds").uses());
        var l2 = PolicyFiles.accepted(
                PolicyFiles.edited("datasets/cdnow.yaml", "uses: [GROUP_KEY, FILTER_ONLY], dateRange", "dateRange"));
        assertEquals(
                Set.of(Use.GROUP_KEY, Use.AGGREGATE_ONLY, Use.FILTER_ONLY),
                column(l2, "cdnow", "purchased_on").uses());
    }

    @Test
    void contentHash_ofTheSameDocuments_isTheSame() {
        var reworded =
                PolicyFiles.accepted(PolicyFiles.edited("bundle.yaml", "apiVersion", "# another comment\napiVersion"));
        assertEquals(BUNDLE.contentHash(), reworded.contentHash());
        var reordered = PolicyFiles.accepted(
                PolicyFiles.edited("datasets/cdnow.yaml", "id: cdnow\nowner: cdnow", "owner: cdnow\nid: cdnow"));
        assertEquals(BUNDLE.contentHash(), reordered.contentHash());
    }

    @Test
    void contentHash_ofAnotherValue_isAnother() {
        var other = PolicyFiles.accepted(PolicyFiles.edited("datasets/cdnow.yaml", "groupsMax: 3", "groupsMax: 2"));
        assertNotEquals(BUNDLE.contentHash(), other.contentHash());
        var author = PolicyFiles.accepted(PolicyFiles.edited("bundle.yaml", "person: u-2001", "person: u-2002"));
        assertNotEquals(BUNDLE.contentHash(), author.contentHash());
        var weight =
                PolicyFiles.accepted(PolicyFiles.edited("redlines.yaml", "selfReported: 0.5", "selfReported: 0.25"));
        assertNotEquals(BUNDLE.contentHash(), weight.contentHash());
    }

    @Test
    void folder_ofTheRepository_isTheBundleOfItsFiles() {
        var loaded = assertInstanceOf(LoadResult.Loaded.class, PolicyLoader.load(PolicyFiles.FOLDER));
        assertEquals(BUNDLE.contentHash(), loaded.bundle().contentHash());
        assertEquals(PolicyFiles.read().keySet(), loaded.bundle().files().keySet());
    }

    @Test
    void files_ofABundle_loadAsTheSameBundle() {
        assertEquals(BUNDLE.contentHash(), PolicyFiles.accepted(BUNDLE.files()).contentHash());
    }

    @Test
    void folder_thatIsMissing_isRefused() {
        var result = PolicyLoader.load(folder.resolve("none"));
        assertEquals(
                "bundle.yaml: the folder cannot be read",
                assertInstanceOf(LoadResult.Rejected.class, result)
                        .problems()
                        .getFirst()
                        .toString());
    }

    @Test
    void folder_thatIsEmpty_isRefused() {
        assertEquals("bundle.yaml: is missing", refusedFolder().getFirst().toString());
    }

    @Test
    void file_thatIsNotNamed_isRefused() throws IOException {
        write(PolicyFiles.read());
        Files.writeString(folder.resolve("datasets/cdnow.yml"), "id: cdnow");
        assertEquals(
                "datasets/cdnow.yml: is no file of a bundle",
                refusedFolder().getFirst().toString());
    }

    @Test
    void file_thatIsForPeople_isNotRefused() throws IOException {
        write(PolicyFiles.read());
        Files.writeString(folder.resolve("README.md"), "read me");
        Files.writeString(folder.resolve(".gitkeep"), "");
        Files.createDirectories(folder.resolve("schema"));
        Files.writeString(folder.resolve("schema/dataset.schema.json"), "{}");
        assertInstanceOf(LoadResult.Loaded.class, PolicyLoader.load(folder));
    }

    @Test
    void schemaOfTheBundle_isNotTrusted() throws IOException {
        write(PolicyFiles.edited("datasets/cdnow.yaml", "minUsers: 50", "minUsers: 1"));
        Files.createDirectories(folder.resolve("schema"));
        Files.writeString(folder.resolve("schema/dataset.schema.json"), "true");
        assertEquals("/minUsers", refusedFolder().getFirst().pointer());
    }

    @Test
    void approvals_areCheckedForFormAndAreNoContent() throws IOException {
        write(PolicyFiles.read());
        String approval =
                "{ person: u-%d, department: d, at: \"2026-11-20T10:00:00+08:00\", keyId: k, signature: \"AAAA\" }";
        String text = "apiVersion: policy/v1\nkind: Approvals\ncontentHash: \"" + "0".repeat(64) + "\"\ndiffHash: \""
                + "0".repeat(64) + "\"\napprovals: [" + approval.formatted(1);
        Files.writeString(folder.resolve("approvals.yaml"), text + ", " + approval.formatted(2) + "]\n");
        var loaded = assertInstanceOf(LoadResult.Loaded.class, PolicyLoader.load(folder));
        assertEquals(BUNDLE.contentHash(), loaded.bundle().contentHash());
        Files.writeString(folder.resolve("approvals.yaml"), text + "]\n");
        assertEquals("approvals.yaml", refusedFolder().getFirst().file());
    }

    @Test
    void folder_withTooManyFiles_isRefused() throws IOException {
        for (int i = 0; i <= BundleFolder.FILES_MAX; i++) {
            Files.writeString(folder.resolve("f" + i), "");
        }
        assertTrue(refusedFolder().getFirst().message().contains("too many"));
    }

    @Test
    void file_thatIsTooLarge_isRefused() throws IOException {
        write(PolicyFiles.read());
        byte[] big = new byte[YamlReader.FILE_BYTES_MAX + 10];
        Arrays.fill(big, (byte) '#');
        Files.write(folder.resolve("access.yaml"), big);
        assertTrue(refusedFolder().getFirst().toString().startsWith("access.yaml: file is larger"));
    }

    @Test
    void file_thatIsNoYaml_isNamedWithItsLine() {
        var files = PolicyFiles.edited("budgets.yaml", "kind: Budgets", "kind: Budgets\nkind: Budgets");
        assertEquals(
                List.of("budgets.yaml: has the key 'kind' twice (line 3)"),
                PolicyFiles.refused(files).stream().map(Problem::toString).toList());
    }

    @Test
    void everyRequiredFile_leftOut_isMissed() {
        for (String path : PolicyFiles.read().keySet()) {
            var files = PolicyFiles.read();
            files.remove(path);
            assertEquals(path, PolicyFiles.refused(files).getFirst().file());
        }
    }

    @Test
    void path_thatLeavesTheFolder_isRefusedAndMadePrintable() {
        for (String path : List.of("../access.yaml", "/etc/passwd", "datasets/../access.yaml", "x\u001b[31m.yaml")) {
            var files = PolicyFiles.read();
            files.put(path, new byte[0]);
            Problem problem = PolicyFiles.refused(files).getFirst();
            assertTrue(problem.file().chars().allMatch(c -> c >= ' ' && c <= '~'), problem::file);
            assertEquals("is no file of a bundle", problem.message());
        }
    }

    @Test
    void problems_ofAFloodedFile_areLimited() {
        var rules = new StringBuilder("apiVersion: policy/v1\nkind: Access\ncombining: DENY_OVERRIDES\nrules:\n");
        for (int i = 0; i < 500; i++) {
            rules.append("  - { id: X-").append(i).append(" }\n");
        }
        var files = PolicyFiles.read();
        files.put("access.yaml", PolicyFiles.bytes(rules.toString()));
        assertEquals(Problems.LIMIT, PolicyFiles.refused(files).size());
    }

    @Test
    void problem_inJson_isReadable() {
        assertEquals(
                "{\"file\":\"a.yaml\",\"message\":\"is wrong\",\"pointer\":\"/b\"}",
                new Problem("a.yaml", "/b", "is wrong").toJson().canonical());
        assertEquals("a.yaml#/b: is wrong", new Problem("a.yaml", "/b", "is wrong").toString());
    }

    /** 400 seeded edits of bytes: refused or accepted, never an exception. */
    @Test
    void bundle_withBytesFlipped_isLoadedOrRefused() {
        var random = new Random(42);
        var paths = PolicyFiles.read().keySet().stream().sorted().toList();
        int accepted = 0;
        for (int i = 0; i < 400; i++) {
            var files = new HashMap<>(PolicyFiles.read());
            byte[] bytes = files.get(paths.get(random.nextInt(paths.size())));
            bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
            accepted += PolicyLoader.load(files) instanceof LoadResult.Loaded ? 1 : 0;
        }
        // Edits within comments and free texts are legitimate.
        assertTrue(accepted > 0 && accepted < 300, "accepted " + accepted);
    }
}
