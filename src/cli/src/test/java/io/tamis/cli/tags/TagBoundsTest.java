package io.tamis.cli.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ClientException;
import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds and scale are the platform's own bundle's. A malicious service says others, before and after the commitment. */
class TagBoundsTest {
    private static final String FRIENDS = "\"ENCRYPTED_ONLY\"],\"clamp\":{\"min\":0,\"max\":500}";

    @TempDir
    Path folder;

    private TagScene scene;

    @BeforeEach
    void start() throws IOException {
        scene = new TagScene(folder);
        scene.csv(50);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void plan_hasScaleAndClampOfTheOwnBundle() {
        scene.work().commit(TagScene.TAGS);
        List<TagSpec> signed = scene.state().tags();
        assertEquals(new TagBounds(0, new Clamp(0, 500)), signed.get(0).bounds().orElseThrow());
        assertEquals(1, signed.get(0).maxAbs());
        assertEquals(500, signed.get(1).maxAbs());
        assertEquals(2, signed.get(2).bounds().orElseThrow().scale());
        assertEquals(300_000, signed.get(2).maxAbs());
        String plan = scene.state().planned().orElseThrow().toJson().canonical();
        assertTrue(plan.contains("\"max\":300000,\"min\":0,\"name\":\"spend\",\"scale\":2"), plan);
    }

    /** The attack of the audit: a wide clamp from the service. Nothing is committed to, nothing is encrypted. */
    @ParameterizedTest
    @CsvSource({
        "'\"max\":500', '\"max\":5000000'",
        "'\"max\":500', '\"max\":499'",
        "'\"min\":0,\"max\":500', '\"min\":-500,\"max\":500'",
        "'\"friends\",\"type\":\"integer\",\"scale\":0', '\"friends\",\"type\":\"decimal\",\"scale\":0'",
        "'\"friends\",\"type\":\"integer\",\"scale\":0', '\"friends\",\"type\":\"integer\",\"scale\":2'",
        "'\"name\":\"friends\"', '\"name\":\"fiends\"'",
        "'\"owner\":\"shop\"', '\"owner\":\"mall\"'",
        "'\"column\":\"phone\"', '\"column\":\"city\"'",
        "'\"semantic\":\"CN_MOBILE\"', '\"semantic\":\"EMAIL\"'",
        "'\"rowsMax\":1', '\"rowsMax\":2'"
    })
    void attack_serviceDeclaresOtherwise_nothingIsCommitted(String declared, String lie) {
        assertTrue(TagService.DECLARATION.contains(declared), declared);
        scene.service.declaration = TagService.DECLARATION.replace(declared, lie);
        assertRefused(Code.VERSION_MISMATCH, () -> scene.work().commit(TagScene.TAGS));
        assertFalse(Files.exists(folder.resolve("work/state.json")));
    }

    @Test
    void attack_serviceLeavesTheClampOut_nothingIsCommitted() {
        scene.service.declaration = TagService.DECLARATION.replace(FRIENDS, "\"ENCRYPTED_ONLY\"]");
        assertRefused(Code.VERSION_MISMATCH, () -> scene.work().commit(TagScene.TAGS));
        scene.service.declaration = TagService.DECLARATION;
        assertEquals("OPENING", scene.work().commit(TagScene.TAGS).state());
    }

    /** A column that no tag is made of may be declared as it likes: only what is signed is compared. */
    @Test
    void commit_serviceDeclaresAnotherColumnOtherwise_goesOn() {
        scene.service.declaration =
                TagService.DECLARATION.replace("\"max\":300000", "\"max\":1").replace("GROUP_KEY", "DENY");
        assertEquals("OPENING", scene.work().commit(List.of("friends=friends")).state());
    }

    /** What is encrypted does not hang on the service's word at all: it lies after the commitment, and nothing changes. */
    @Test
    void attack_serviceWidensTheClampAfterTheCommitment_isNotHeard() throws IOException {
        Path csv = scene.csv(50);
        scene.passed(TagScene.TAGS);
        scene.service.declaration = TagService.DECLARATION.replace("\"max\":500", "\"max\":5000000");
        scene.work().encrypt(csv);
        byte[] lied = Files.readAllBytes(folder.resolve("work/values"));
        Files.delete(folder.resolve("work/values"));
        scene.service.declaration = TagService.DECLARATION;
        scene.work().encrypt(csv);
        assertEquals(-1, java.util.Arrays.mismatch(lied, Files.readAllBytes(folder.resolve("work/values"))));
    }

    /** The first person has ten million friends; what is encrypted of it is the clamp's 500. */
    @Test
    void value_beyondTheClamp_isEncryptedAsTheClampsBound() throws IOException {
        Path csv = scene.csv(50);
        scene.passed(TagScene.TAGS);
        scene.work().encrypt(csv);
        byte[] beyond = Files.readAllBytes(folder.resolve("work/values"));
        Files.delete(folder.resolve("work/values"));
        Path at = Files.writeString(
                folder.resolve("at.csv"), Files.readString(csv).replace(",9999999,9999999.25", ",500,3000.00"));
        scene.work().encrypt(at);
        assertEquals(-1, java.util.Arrays.mismatch(beyond, Files.readAllBytes(folder.resolve("work/values"))));
    }

    /** The bundle was changed between the steps: holders hold the new one and would refuse what the old one clipped. */
    @Test
    void encrypt_underAnotherClampThanCommitted_isRefused() throws IOException {
        Path csv = scene.csv(50);
        scene.passed(TagScene.TAGS);
        scene.bundle = Bundles.shopUsers("clamp: { min: 0, max: 500 }", "clamp: { min: 0, max: 600 }");
        assertRefused(Code.VERSION_MISMATCH, () -> scene.work().encrypt(csv));
        assertFalse(Files.exists(folder.resolve("work/values")));
        assertFalse(Files.exists(folder.resolve("work/ciphertexts")));
        scene.bundle = Bundles.repository();
        assertEquals(3, scene.work().encrypt(csv).encrypted());
    }

    /** Another rule of the bundle has nothing to do with what was signed: its hash is not what is compared. */
    @Test
    void encrypt_underABundleThatDiffersElsewhere_goesOn() throws IOException {
        Path csv = scene.csv(50);
        scene.passed(TagScene.TAGS);
        scene.bundle = Bundles.shopUsers("minUsers: 50", "minUsers: 51");
        assertFalse(scene.bundle.contentHash().equals(Bundles.repository().contentHash()));
        assertEquals(3, scene.work().encrypt(csv).encrypted());
    }

    @Test
    void dataset_thatTheOwnBundleDoesNotHave_isWrongUsage() {
        assertRefused(Code.INVALID_REQUEST, () -> OwnDataset.of(Bundles.repository(), new DatasetId("other-users")));
        assertRefused(Code.NO_PRIVACY_UNIT, () -> OwnDataset.of(Bundles.repository(), new DatasetId("cdnow")));
    }

    private static void assertRefused(Code code, Runnable step) {
        assertEquals(code, assertThrows(ClientException.class, step::run).code());
    }
}
