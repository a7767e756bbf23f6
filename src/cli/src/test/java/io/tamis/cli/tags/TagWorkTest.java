package io.tamis.cli.tags;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.TestShell;
import io.tamis.crypto.SystemRandom;
import io.tamis.crypto.TagOrder;
import io.tamis.data.Code;
import io.tamis.data.IdentifierText;
import io.tamis.data.Semantic;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.HeParams;
import io.tamis.he.NoiseBounds;
import io.tamis.he.SignedBody;
import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.mask.MaskSums;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.OpenRequest;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareMaker;
import io.tamis.he.threshold.ZeroShares;
import io.tamis.holder.CiphertextSignature;
import io.tamis.holder.PartyKey;
import io.tamis.policy.PolicyBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform's work against a board and holders of core's own state machines. */
class TagWorkTest {
    private static final List<String> TAGS = List.of("many_friends=friends>=100", "spend=spend_90d_cny");

    @TempDir
    Path folder;

    private TagService service;
    private TestShell shell;
    private PolicyBundle bundle = Bundles.repository();

    /** Every pause takes an hour off the clock: who waits too long is told at once. */
    private final AtomicLong hours = new AtomicLong();

    @BeforeEach
    void start() throws IOException {
        service = new TagService(folder);
        InstantSource clock = () -> Instant.parse("2026-11-24T08:00:00Z").plus(Duration.ofHours(hours.get()));
        shell = new TestShell(folder).withClock(clock);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private TagWork work() {
        return work(folder.resolve("work"));
    }

    private TagWork work(Path work) {
        return new TagWork(
                shell.shell(),
                service.client(),
                service.platform,
                new TagWork.Trusted(service.roster, bundle),
                TagService.TARGET,
                work,
                new TagWork.Sources(new SystemRandom(), length -> {}));
    }

    private TagRun run() {
        return new TagRun(shell.shell(), work(), length -> hours.incrementAndGet(), Duration.ofHours(24));
    }

    /** A file of so many persons, known to the service as version 1. */
    private Path csv(int persons) throws IOException {
        var csv = new StringBuilder("city,phone,friends,spend_90d_cny,free\n");
        try (var order = new TagOrder.Builder(service.orderKey, TagService.TARGET.dataset(), 1, persons)) {
            for (int i = 0; i < persons; i++) {
                csv.append("\"T%d\",+86 139-%04d-%04d,%s,%s,\n"
                        .formatted(i % 5, i / 10_000, i % 10_000, i % 7 == 0 ? "" : i % 300, i + ".5"));
                byte[] normal = "+86139%08d".formatted(i).getBytes(UTF_8);
                order.add(normal, 0, normal.length);
            }
            service.order = java.util.Optional.of(order.finish().hash());
            service.persons = persons;
        }
        return Files.writeString(folder.resolve("users.csv"), csv);
    }

    @Test
    void run_fromPlanToUpload_encryptsEachPersonsValuesAtTheirPositions() throws IOException {
        int persons = 9_000;
        Path csv = csv(persons);
        TagStanding standing = run().complete(TAGS, csv);
        assertTrue(standing.isComplete());
        assertEquals(4, service.ciphertexts.size());
        // T3 alone: what a mask of the server would ask for.
        var expected = new long[2];
        var order = positions(csv);
        for (int i = 3; i < persons; i += 5) {
            int friends = i % 7 == 0 ? 0 : i % 300;
            expected[0] += friends >= 100 ? 1 : 0;
            expected[1] += Math.min(300_000, 100L * i + 50);
        }
        var mask = BitMask.of(persons, position -> order.get(position) % 5 == 3);
        assertArrayEquals(expected, new long[] {sum(0, mask, persons), sum(2, mask, persons)});
    }

    /** Position to the number of the person. */
    private Map<Integer, Integer> positions(Path csv) throws IOException {
        var positions = new HashMap<Integer, Integer>();
        try (var builder = new TagOrder.Builder(service.orderKey, TagService.TARGET.dataset(), 1, 0)) {
            for (String line : Files.readAllLines(csv).stream().skip(1).toList()) {
                byte[] person = IdentifierText.normalise(new Semantic("CN_MOBILE"), line.split(",", -1)[1])
                        .orElseThrow()
                        .getBytes(UTF_8);
                builder.add(person, 0, person.length);
            }
            TagOrder order = builder.finish();
            for (int position = 0; position < order.persons(); position++) {
                positions.put(position, order.arrivalAt(position));
            }
        }
        return positions;
    }

    /** The sum that all holders open without noise, over the two blocks that begin at this slot. */
    private long sum(int first, BitMask mask, int persons) {
        var sums = new MaskSums(service.scheme, new FreshMaskForms(service.scheme), 1);
        for (int block = 0; block < 2; block++) {
            byte[] upload = service.ciphertexts.get(first + block);
            var signed = SignedBody.split(upload, Ciphertext.length(HeParams.AGG_8192, CipherKind.PUBLIC_KEY));
            assertTrue(CiphertextSignature.holds(
                    signed, service.roster.platforms().getFirst().key()));
            var ciphertext = Ciphertext.read(service.scheme, signed.content());
            assertEquals(first + block, ciphertext.header().slot());
            assertEquals(
                    Math.min(8_192, persons - block * 8_192),
                    ciphertext.header().count());
            assertEquals(
                    service.order.orElseThrow(), ciphertext.header().alignment().orderHash());
            sums.add(ciphertext, block, List.of(mask));
        }
        var sum = sums.finish().getFirst();
        var active = ActiveSet.of(1, 2, 3);
        var bounds = NoiseBounds.ofMasked(HeParams.AGG_8192, 3, sum.summed());
        List<Share> shares = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> new ShareMaker(
                                service.contributions
                                        .secret(TagService.seed(10 + i))
                                        .asShare(new HolderIndex(i), 3),
                                new SystemRandom())
                        .share(
                                new OpenRequest(active, Outputs.FIRST, bounds, ZeroShares.nothingToHide()),
                                sum,
                                new long[1]))
                .toList();
        return new Combiner(service.scheme).open(sum, active, shares, Outputs.FIRST, new OpenedMax(Long.MAX_VALUE))[0];
    }

    @Test
    void upload_atItsEnd_erasesMasterAndCiphertexts() throws IOException {
        Path csv = csv(20);
        run().complete(TAGS, csv);
        String state = Files.readString(folder.resolve("work/state.json"));
        assertFalse(state.contains("master"), state);
        try (var files = Files.list(folder.resolve("work/ciphertexts"))) {
            assertEquals(0, files.count());
        }
        assertTrue(work().status().json().canonical().contains("\"masterErased\":true"));
        // A run after the last does nothing.
        var before = Map.copyOf(service.ciphertexts);
        assertTrue(run().complete(TAGS, csv).isComplete());
        before.forEach((slot, bytes) -> assertArrayEquals(bytes, service.ciphertexts.get(slot)));
        assertRefused(Code.STATE_CONFLICT, () -> work().encrypt(csv));
    }

    @Test
    void steps_oneByOneAndTwice_areTheSame() throws IOException {
        Path csv = csv(50);
        service.asleep.addAll(TagService.HOLDERS);
        assertEquals("COINS", work().commit(TAGS).state());
        assertEquals("COINS", work().open().state());
        assertRefused(Code.SLOT_REFUSED, () -> work().encrypt(csv));
        byte[] state = Files.readAllBytes(folder.resolve("work/state.json"));
        work().commit(TAGS);
        assertArrayEquals(state, Files.readAllBytes(folder.resolve("work/state.json")));
        service.asleep.clear();
        assertEquals("OPENING", work().status().state());
        work().open();
        work().open();
        assertEquals("PASSED", work().status().state());
        work().encrypt(csv);
        byte[] first = Files.readAllBytes(folder.resolve("work/ciphertexts/000000.tag"));
        Files.delete(folder.resolve("work/ciphertexts/000000.tag"));
        assertEquals(2, work().encrypt(csv).encrypted());
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("work/ciphertexts/000000.tag")));
        assertTrue(work().upload().isComplete());
    }

    @Test
    void commit_brokenOff_goesOnBehindTheLastRoot() throws IOException {
        csv(50);
        service.asleep.addAll(TagService.HOLDERS);
        work().commit(TAGS);
        byte[] roots = Files.readAllBytes(folder.resolve("work/roots"));
        Files.write(folder.resolve("work/roots"), java.util.Arrays.copyOf(roots, 47));
        work().commit(TAGS);
        assertArrayEquals(roots, Files.readAllBytes(folder.resolve("work/roots")));
    }

    /** One u for two lists of values would give everybody their difference. */
    @Test
    void encrypt_otherValuesInTheSameRound_areRefused() throws IOException {
        Path csv = csv(50);
        work().commit(TAGS);
        work().status();
        work().open();
        work().status();
        work().encrypt(csv);
        Path other = Files.writeString(
                folder.resolve("other.csv"), Files.readString(csv).replace(",3.5,", ",4.5,"));
        Files.delete(folder.resolve("work/ciphertexts/000001.tag"));
        assertRefused(Code.SLOT_REFUSED, () -> work().encrypt(other));
        assertFalse(Files.exists(folder.resolve("work/ciphertexts/000001.tag")));
        work().encrypt(csv);
    }

    /** Under two coins all 64 seeds of a slot would be known, the survivor's among them: its values could be read. */
    @Test
    void open_underASecondCoin_isRefused() throws IOException {
        csv(50);
        work().commit(TAGS);
        work().status();
        work().open();
        String opened = Files.readString(folder.resolve("work/state.json"));
        service.tossAgain();
        assertEquals("OPENING", work().status().state());
        assertRefused(Code.STATE_CONFLICT, () -> work().open());
        assertEquals(opened, Files.readString(folder.resolve("work/state.json")));
    }

    @Test
    void commit_toAKeyNotAllHoldersSigned_isRefused() throws IOException {
        csv(50);
        service.keySignedByAll = false;
        assertRefused(Code.KEY_EPOCH_MISSING, () -> work().commit(TAGS));
        assertFalse(Files.exists(folder.resolve("work/state.json")));
    }

    @Test
    void run_voidRound_beginsAnotherWithAFreshMaster() throws IOException {
        Path csv = csv(20);
        service.asleep.addAll(TagService.HOLDERS);
        work().commit(TAGS);
        String before = Files.readString(folder.resolve("work/state.json"));
        service.voidRound();
        service.asleep.clear();
        assertTrue(run().complete(TAGS, csv).isComplete());
        assertTrue(before.contains("\"try\":1"));
        assertTrue(Files.readString(folder.resolve("work/state.json")).contains("\"try\":2"));
    }

    @Test
    void run_holdersSilent_endsWithWhomItWaitsFor() throws IOException {
        Path csv = csv(20);
        service.asleep.addAll(TagService.HOLDERS.subList(1, 3));
        var late = assertThrows(ClientException.class, () -> run().complete(TAGS, csv));
        assertEquals(Code.TIMED_OUT, late.code());
        assertEquals(ExitCode.LATER, late.exit());
        assertTrue(late.advice().contains("k-2, k-3"), late.advice());
        service.asleep.clear();
        assertTrue(run().complete(TAGS, csv).isComplete());
    }

    @Test
    void upload_serviceBusy_isTriedAgain() throws IOException {
        Path csv = csv(20);
        service.busy = 5;
        assertTrue(run().complete(TAGS, csv).isComplete());
        assertEquals(2, service.ciphertexts.size());
    }

    @Test
    void commit_otherTagsWhileARoundStands_isRefused() throws IOException {
        csv(20);
        work().commit(TAGS);
        assertRefused(Code.STATE_CONFLICT, () -> work().commit(List.of("friends=friends")));
        assertRefused(
                Code.STATE_CONFLICT, () -> work(folder.resolve("elsewhere")).commit(TAGS));
    }

    /** "All uploaded" would be said of tags that nobody has. */
    @Test
    void run_ofOtherTagsInAFinishedFolder_isRefusedAndNamesTheStoredOnes() throws IOException {
        Path csv = csv(20);
        run().complete(TAGS, csv);
        var others = List.of(
                List.of("few_friends=friends>=100", "spend=spend_90d_cny"),
                List.of("many_friends=friends>=101", "spend=spend_90d_cny"),
                List.of("many_friends=friends", "spend=spend_90d_cny"),
                List.of("many_friends=friends>=100"));
        for (List<String> other : others) {
            for (Runnable step : List.<Runnable>of(() -> run().complete(other, csv), () -> work().commit(other))) {
                var refused = assertThrows(ClientException.class, step::run);
                assertEquals(Code.STATE_CONFLICT, refused.code());
                assertTrue(
                        refused.advice().contains("many_friends=friends>=100, spend=spend_90d_cny"), refused.advice());
                assertTrue(refused.advice().contains("new version"), refused.advice());
            }
        }
        assertTrue(run().complete(TAGS, csv).isComplete());
        assertTrue(run().complete(TAGS.reversed(), csv).isComplete());
    }

    @Test
    void commit_ofAnotherKeyThanTheRosters_isRefused() throws IOException {
        csv(20);
        var key = PartyKey.of(new byte[PartyKey.BYTES]);
        assertFalse(service.roster.platforms().getFirst().key().equals(key));
        var other = new io.tamis.holder.Roster(
                service.roster.group(),
                service.roster.profile(),
                2,
                service.roster.holders(),
                List.of(new io.tamis.holder.Roster.Platform(TagService.SHOP, key)),
                service.roster.server(),
                service.roster.ledger(),
                List.of(),
                service.roster.limit());
        var work = new TagWork(
                shell.shell(),
                service.client(),
                service.platform,
                new TagWork.Trusted(other, bundle),
                TagService.TARGET,
                folder.resolve("work"),
                new TagWork.Sources(new SystemRandom(), length -> {}));
        assertRefused(Code.INVALID_REQUEST, () -> work.commit(TAGS));
    }

    @Test
    void order_sameFile_isTheSamePersons_andAnotherIsNot() throws IOException {
        Path csv = csv(1_000);
        assertEquals(1_000, work().order(csv));
        var lines = new ArrayList<>(Files.readAllLines(csv));
        lines.removeLast();
        Path fewer = Files.write(folder.resolve("fewer.csv"), lines);
        assertRefused(Code.VERSION_MISMATCH, () -> work().order(fewer));
        lines.add(lines.get(5).replace("+86 ", "0086"));
        Path twice = Files.write(folder.resolve("twice.csv"), lines);
        assertRefused(Code.BAD_ROW, () -> work().order(twice));
    }

    @Test
    void encrypt_fieldThatIsNoNumber_isABadRowWithItsLine() throws IOException {
        Path csv = csv(20);
        work().commit(TAGS);
        work().status();
        work().open();
        work().status();
        Path bad = Files.writeString(
                folder.resolve("bad.csv"), Files.readString(csv).replace(",3.5,", ",3.555,"));
        var refused = assertThrows(ClientException.class, () -> work().encrypt(bad));
        assertEquals(Code.BAD_ROW, refused.code());
        assertTrue(refused.advice().contains("line 5"), refused.advice());
        assertFalse(Files.exists(folder.resolve("work/values")));
    }

    private static void assertRefused(Code code, Runnable step) {
        assertEquals(code, assertThrows(ClientException.class, step::run).code());
    }
}
