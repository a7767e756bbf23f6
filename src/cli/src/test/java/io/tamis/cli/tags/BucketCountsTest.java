package io.tamis.cli.tags;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ClientException;
import io.tamis.crypto.SystemRandom;
import io.tamis.crypto.TagOrder;
import io.tamis.data.Code;
import io.tamis.he.Aggregate;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.Encoding;
import io.tamis.he.HeParams;
import io.tamis.he.NoiseBounds;
import io.tamis.he.SignedBody;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.OpenRequest;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareMaker;
import io.tamis.he.threshold.ZeroShares;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform counts its persons by a column that it never uploads, beside a tag of a number a person. */
class BucketCountsTest {
    private static final List<String> TAGS = List.of("friends=friends", "bands=BUCKETS:income_band");

    @TempDir
    Path folder;

    private TagScene scene;

    @BeforeEach
    void start() throws IOException {
        scene = new TagScene(folder);
        scene.bundle = BandedUsers.BUNDLE;
        scene.service.declaration = BandedUsers.declared(scene.service.declaration);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    /** Of ten persons three are low, two middle, one high, and four have no value; known as version 1. */
    private Path csv(int persons, String strange) throws IOException {
        List<String> bands = List.of("low", "", "middle", "low", "", "high", "low", "", "middle", "");
        var csv = new StringBuilder("income_band,phone,friends\n");
        try (var order = new TagOrder.Builder(scene.service.orderKey, TagService.TARGET.dataset(), 1, persons)) {
            for (int i = 0; i < persons; i++) {
                String band = i == persons - 1 && !strange.isEmpty() ? strange : bands.get(i % 10);
                csv.append("%s,+86139%08d,%d\n".formatted(band, i, i % 300));
                byte[] normal = "+86139%08d".formatted(i).getBytes(UTF_8);
                order.add(normal, 0, normal.length);
            }
            scene.service.order = Optional.of(order.finish().hash());
            scene.service.persons = persons;
        }
        return Files.writeString(folder.resolve("users.csv"), csv);
    }

    @Test
    void counts_ofTwoBlocksOfPersons_areOneCiphertextThatOpensToThem() throws IOException {
        Path csv = csv(9_000, "");
        scene.passed(TAGS);
        assertEquals(3, scene.state().slots());
        var plan = scene.state().plan(HeParams.AGG_8192.paramsId());
        assertEquals(OptionalInt.of(9_000), plan.persons());
        scene.work().encrypt(csv);
        assertTrue(scene.work().upload().isComplete());
        Ciphertext counts = ciphertext(2);
        assertEquals(Encoding.BUCKETS, counts.header().encoding());
        assertEquals(3, counts.header().count());
        assertEquals(Encoding.TAGS, ciphertext(1).header().encoding());
        assertArrayEquals(new long[] {2_700, 1_800, 900}, opened(counts));
    }

    @Test
    void file_withAValueThatIsNotAllowed_isABadRowOfThatLine() throws IOException {
        Path csv = csv(20, "rich");
        scene.passed(TAGS);
        var bad = assertThrows(ClientException.class, () -> scene.work().encrypt(csv));
        assertEquals(Code.BAD_ROW, bad.code());
        assertTrue(bad.advice().contains("21"), bad.advice());
        assertFalse(bad.advice().contains("rich"), bad.advice());
    }

    /** Counts that are made again are the same bytes; with another file nothing is encrypted a second time under one seed. */
    @Test
    void encrypt_withAnotherFile_isRefused() throws IOException {
        Path csv = csv(20, "");
        scene.passed(TAGS);
        scene.work().encrypt(csv);
        byte[] first = Files.readAllBytes(folder.resolve("work/ciphertexts/000001.tag"));
        Files.delete(folder.resolve("work/ciphertexts/000001.tag"));
        scene.work().encrypt(csv);
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("work/ciphertexts/000001.tag")));
        Files.delete(folder.resolve("work/ciphertexts/000001.tag"));
        Path other = Files.writeString(
                folder.resolve("other.csv"), Files.readString(csv).replace("high,", "middle,"));
        var refused = assertThrows(ClientException.class, () -> scene.work().encrypt(other));
        assertEquals(Code.SLOT_REFUSED, refused.code());
    }

    /** A service that declares the values in another order would have the platform's counts under other names. */
    @Test
    void commit_whereTheServiceDeclaresOtherValues_isRefused() throws IOException {
        csv(20, "");
        scene.service.declaration =
                scene.service.declaration.replace("\"low\",\"middle\",\"high\"", "\"low\",\"high\",\"middle\"");
        var refused = assertThrows(ClientException.class, () -> scene.work().commit(TAGS));
        assertEquals(Code.VERSION_MISMATCH, refused.code());
    }

    /** The platform's own bundle has changed since: holders would refuse what was signed. */
    @Test
    void encrypt_underOtherAllowedValuesThanSigned_isRefused() throws IOException {
        Path csv = csv(20, "");
        scene.passed(TAGS);
        scene.bundle = BandedUsers.bundle("low, high, middle");
        var refused = assertThrows(ClientException.class, () -> scene.work().encrypt(csv));
        assertEquals(Code.VERSION_MISMATCH, refused.code());
    }

    private Ciphertext ciphertext(int slot) {
        byte[] upload = scene.service.ciphertexts.get(slot);
        var signed = SignedBody.split(upload, Ciphertext.length(HeParams.AGG_8192, CipherKind.PUBLIC_KEY));
        return Ciphertext.read(scene.service.scheme, signed.content());
    }

    /** What all holders open without noise. */
    private long[] opened(Ciphertext counts) {
        var sum = Aggregate.sum(scene.service.scheme, List.of(counts));
        var active = ActiveSet.of(1, 2, 3);
        var bounds = NoiseBounds.ofPlain(HeParams.AGG_8192, 3, sum.summed());
        var outputs = Outputs.first(3);
        List<Share> shares = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> new ShareMaker(
                                scene.service
                                        .contributions
                                        .secret(TagService.seed(10 + i))
                                        .asShare(new HolderIndex(i), 3),
                                new SystemRandom())
                        .share(new OpenRequest(active, outputs, bounds, ZeroShares.nothingToHide()), sum, new long[3]))
                .toList();
        return new Combiner(scene.service.scheme).open(sum, active, shares, outputs, new OpenedMax(Long.MAX_VALUE));
    }
}
