package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.PredictableRandom;
import io.tamis.he.Aggregate;
import io.tamis.he.Encoding;
import io.tamis.he.HeException;
import io.tamis.he.mask.BitMask;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareFile;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.Metric;
import io.tamis.holder.ticket.QueryKind;
import io.tamis.holder.ticket.ShareMessage;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketBounds;
import io.tamis.holder.ticket.TicketNoise;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.holder.ticket.Tickets;
import io.tamis.privacy.ExactNoise;
import io.tamis.privacy.GaussianVariance;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Noise;
import io.tamis.privacy.SecureBits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts that platforms made of their own persons: an honest ticket of them, and every dishonest one. */
class BucketsTest {
    private static final OpenedMax MAX = new OpenedMax(1L << 30);
    private static final List<String> BANDS = BandPolicies.BANDS;
    private static final List<Long> SHOP = List.of(120L, 340L, 7L, 0L);
    private static final List<Long> MESSENGER = List.of(80L, 60L, 300L, 1L);

    private final TicketWorld world = new TicketWorld();
    private final TicketDraft draft = world.draft;

    @BeforeEach
    void count() {
        platforms(counts(BANDS, SHOP, 500), counts(BANDS, MESSENGER, 500));
    }

    private static TestPlatform.Counts counts(List<String> buckets, List<Long> counts, int persons) {
        return new TestPlatform.Counts(buckets, counts, persons, Encoding.BUCKETS);
    }

    /** The draft asks for the sum of these counts, honestly but for what they are. */
    private void platforms(TestPlatform.Counts shop, TestPlatform.Counts messenger) {
        world.counting = List.of(platform("shop", shop), platform("messenger", messenger));
        world.counting.forEach(platform -> world.octets.put(platform.hashes.getFirst(), platform.uploads.getFirst()));
        draft.sources = world.counting.stream().map(TicketWorld::source).toList();
        draft.bounds = new TicketBounds(100, 1, 2, 1);
        draft.noise = TicketNoise.of(new Loss.Zcdp(TicketWorld.RHO), draft.bounds);
        var asked = draft.asked;
        draft.asked = new DecryptionTicket.Asked(
                asked.job(),
                asked.collaboration(),
                asked.merchant(),
                asked.role(),
                asked.region(),
                Metric.COUNT,
                asked.bundle());
        draft.segments = List.of(TicketSegment.counts(BANDS, sum().hash()));
        world.evidence();
    }

    private TestPlatform platform(String party, TestPlatform.Counts counts) {
        return new TestPlatform(
                world.holders.key(),
                world.roster.hash(),
                new TestPlatform.Named(
                        new PartyId(party), new DatasetId(party + "-users"), BandPolicies.COLUMN, new Clamp(0, 1)),
                counts);
    }

    private Aggregate sum() {
        return Aggregate.sum(
                TicketWorld.SCHEME,
                world.counting.stream()
                        .map(platform -> TicketWorld.ciphertext(platform.uploads.getFirst()))
                        .toList());
    }

    @Test
    void ticket_ofHonestCounts_isAcceptedAndOpensTheirSumPlusBothNoises() {
        assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
        assertEquals(QueryKind.BUCKETS, draft.ticket().kind());
        long[] opened = opened(share(1, spread -> 7), share(3, spread -> 11));
        assertArrayEquals(new long[] {218, 418, 325, 19}, opened);
    }

    /**
     * Each bucket has noise of its own. Seeded; sigma^2 = 4 * 10^6 / 2,400, so 40.8 each and 57.7 of two: a bucket is beyond 462, 8
     * sigma, with a chance under 2^-49, and all four noises are alike with one under 10^-6.
     */
    @Test
    void answers_withRealNoise_areNearTheTruthEachByItself() {
        long[] opened = opened(share(1, exact(31)), share(3, exact(32)));
        long[] truth = {200, 400, 307, 1};
        var noises = new ArrayList<Long>();
        for (int bucket = 0; bucket < truth.length; bucket++) {
            long noise = opened[bucket] - truth[bucket];
            assertTrue(Math.abs(noise) < 462, "bucket " + bucket);
            noises.add(noise);
        }
        assertNotEquals(1, noises.stream().distinct().count());
    }

    /** Behind the buckets is nothing but blinding: uniform modulo t, whatever the platforms wrote there. */
    @Test
    void coefficients_behindTheBuckets_areBlinded() {
        long[] first = coefficients(5, share(1, spread -> 0), share(3, spread -> 0));
        long t = TicketWorld.SCHEME.params().t();
        assertArrayEquals(
                new long[] {200, 400, 307, 1}, LongStream.of(first).limit(4).toArray());
        // Of a uniform value of t's size, one in 2^20 is as small as this.
        assertTrue(Math.abs(first[4]) > t >> 20, "not blinded");
    }

    /** The attack: a share that is made for four outputs opens no fifth, and a message of fewer is not of this ticket. */
    @Test
    void ticket_ofMoreBucketsThanThePlatformsCounted_isRefused() {
        var more = new ArrayList<>(BANDS);
        more.add("everybody");
        draft.segments = List.of(TicketSegment.counts(more, sum().hash()));
        world.refused(HolderRefusal.QUERY_KIND);
        draft.segments = List.of(TicketSegment.counts(BANDS.subList(0, 3), sum().hash()));
        world.refused(HolderRefusal.QUERY_KIND);
        draft.segments = List.of(TicketSegment.counts(List.of("low", "high", "middle", "top"), sum().hash()));
        world.refused(HolderRefusal.QUERY_KIND);
    }

    /** The worst attack: persons' tags as counts, so that each coefficient opened would be a person. */
    @Test
    void ticket_ofPersonsTagsAsCounts_isRefused() {
        world.counting = List.of();
        draft.sources = world.platforms().stream().map(TicketWorld::source).toList();
        draft.segments = List.of(TicketSegment.counts(BANDS, Tickets.hash("any")));
        world.evidence();
        world.refused(HolderRefusal.QUERY_KIND);
    }

    /** The same by a platform in league: it signs counts and uploads tags, or the other way round. */
    @Test
    void upload_ofTagsInASlotOfCounts_isRefused() {
        platforms(
                new TestPlatform.Counts(BANDS, SHOP, 500, Encoding.TAGS),
                new TestPlatform.Counts(BANDS, MESSENGER, 500, Encoding.TAGS));
        world.refused(HolderRefusal.INPUT_NOT_PASSED);
        assertThrows(
                HeException.class,
                () -> {
                    platforms(counts(BANDS, SHOP, 500), new TestPlatform.Counts(BANDS, MESSENGER, 500, Encoding.TAGS));
                },
                "one sum has one encoding");
    }

    /** Owners who approved sums of tags have not approved that their counts are opened. */
    @Test
    void ticket_ofCountsWhereTagsWereAsked_isRefused() {
        var counts = draft.question.request().member("params").orElseThrow();
        var tags = ((Json.Obj) counts)
                .without("buckets")
                .with("tags", ((Json.Obj) counts).member("buckets").orElseThrow());
        world.asking(world.question(world.request(tags)));
        world.refused(HolderRefusal.QUESTION_DIFFERS);
        world.asking(world.question(world.request((Json.Obj) counts)));
        assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
    }

    /** Counts under a mask: the mask's bits choose buckets, not persons, and the cohort would be theirs. */
    @Test
    void ticket_ofCountsUnderMasks_isRefused() {
        var mask = BitMask.of(4, position -> position == 3);
        world.octets.put(mask.hash(), mask.file());
        draft.segments =
                List.of(new TicketSegment(Optional.empty(), List.of(mask.hash(), mask.hash()), Tickets.hash("any")));
        world.refused(HolderRefusal.QUERY_KIND);
    }

    /** By another order of the declared values: the platform's own bundle was another, and its counts have other names. */
    @Test
    void platform_thatCountedByOtherValues_isRefused() {
        List<String> other = List.of("low", "high", "middle", "top");
        platforms(counts(other, SHOP, 500), counts(other, MESSENGER, 500));
        draft.segments = List.of(TicketSegment.counts(other, sum().hash()));
        world.refused(HolderRefusal.DECLARATION_DIFFERS);
        platforms(counts(BANDS, SHOP, 500), counts(other, MESSENGER, 500));
        world.refused(HolderRefusal.DECLARATION_DIFFERS);
    }

    @Test
    void platform_ofTooFewPersons_isRefused() {
        platforms(counts(BANDS, SHOP, 100), counts(BANDS, MESSENGER, 100));
        assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
        platforms(counts(BANDS, SHOP, 500), counts(BANDS, MESSENGER, 99));
        world.refused(HolderRefusal.COHORT_TOO_SMALL);
        platforms(counts(BANDS, SHOP, 500), counts(BANDS, MESSENGER, 500));
        draft.bounds = new TicketBounds(99, 1, 2, 1);
        world.refused(HolderRefusal.COHORT_TOO_SMALL);
    }

    /** Two platforms: one person moves the buckets by two, whatever is stated. */
    @Test
    void bounds_ofFewerPlatforms_areRefused() {
        draft.bounds = new TicketBounds(100, 1, 1, 1);
        draft.noise = TicketNoise.of(new Loss.Zcdp(TicketWorld.RHO), draft.bounds);
        world.refused(HolderRefusal.SENSITIVITY);
    }

    @Test
    void noise_forLessThanBoundsOrPriceAsk_isRefused() {
        var less = new Loss.Zcdp(new io.tamis.data.MicroRho(TicketWorld.RHO.value() + 1));
        draft.noise = TicketNoise.of(less, draft.bounds);
        world.refused(HolderRefusal.NOISE_TOO_LOW);
        draft.noise = TicketNoise.of(new Loss.Zcdp(TicketWorld.RHO), new TicketBounds(100, 1, 1, 1));
        world.refused(HolderRefusal.NOISE_TOO_LOW);
    }

    /** t = 2^40: 24 sigma of both holders' noise leave room for 5,888 persons in one bucket below half of it, not for 6,000. */
    @Test
    void persons_whoseSumCouldWrapAround_areRefused() {
        var sigma = BigInteger.valueOf(22_906_492_000L);
        var noise = new TicketNoise(
                new Loss.Zcdp(TicketWorld.RHO), new GaussianVariance(sigma.multiply(sigma), BigInteger.ONE));
        assertEquals(1L << 40, TicketWorld.SCHEME.params().t());
        platforms(counts(BANDS, SHOP, 3_000), counts(BANDS, MESSENGER, 3_000));
        draft.noise = noise;
        world.refused(HolderRefusal.NOISE_ADMISSION);
        platforms(counts(BANDS, SHOP, 3_000), counts(BANDS, MESSENGER, 2_800));
        draft.noise = noise;
        assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
    }

    @Test
    void aggregate_ofOnePlatformOrOfOtherCounts_isRefused() {
        var one = Aggregate.sum(
                TicketWorld.SCHEME,
                List.of(TicketWorld.ciphertext(world.counting.getFirst().uploads.getFirst())));
        draft.segments = List.of(TicketSegment.counts(BANDS, one.hash()));
        world.refused(HolderRefusal.AGGREGATE_DIFFERS);
    }

    /** One platform's counts twice would count each person twice. */
    @Test
    void source_twice_isRefused() {
        draft.sources = List.of(draft.sources.getFirst(), draft.sources.getFirst());
        world.refused(HolderRefusal.INPUT_REPEATED);
    }

    @Test
    void upload_withAC1ThatNoAuditHasSeen_isRefused() {
        var shop = world.counting.getFirst();
        var upload = shop.unaudited(0);
        world.octets.put(shop.hashes.getFirst(), upload);
        world.refused(HolderRefusal.INPUT_NOT_PASSED);
    }

    @Test
    void sum_openedBefore_isNotOpenedAgainForAnotherTicket() {
        var accepted = assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
        world.opened = List.of(world.line(accepted.charge()));
        draft.id = io.tamis.holder.ticket.TicketId.parse("tk_0190163d-8694-739b-aea5-966c26f8ad93");
        world.refused(HolderRefusal.ALREADY_OPENED);
    }

    @Test
    void form_ofATicketOfCounts_readsBackAndNothingElseDoes() {
        var json = draft.ticket().toJson();
        assertEquals(draft.ticket(), DecryptionTicket.fromJson(json));
        assertEquals(Json.parse("[0,1,2,3]"), json.member("outputs").orElseThrow());
        for (var other : List.of(
                json.with("outputs", Json.parse("[0]")),
                json.with("outputs", Json.parse("[0,1,2,3,4]")),
                json.with("query", Json.of("MASKED")),
                json.with("query", Json.of("EVERYTHING")),
                json.with("metric", Json.of("SUM")),
                json.without("query"))) {
            var refusal = assertThrows(DataException.class, () -> DecryptionTicket.fromJson(other));
            assertEquals(Code.INVALID_REQUEST, refusal.code());
        }
    }

    /** Neither masks nor buckets, both, a name twice, more than can be. */
    @Test
    void segment_ofAnotherForm_isRefused() {
        var hash = Tickets.hash("sum");
        assertThrows(DataException.class, () -> new TicketSegment(Optional.empty(), List.of(), hash));
        assertThrows(DataException.class, () -> new TicketSegment(Optional.empty(), List.of(hash), BANDS, hash));
        assertThrows(DataException.class, () -> new TicketSegment(Optional.of("a"), List.of(), BANDS, hash));
        assertThrows(DataException.class, () -> TicketSegment.counts(List.of("a", "a"), hash));
        var many = LongStream.range(0, 65).mapToObj(Long::toString).toList();
        assertThrows(DataException.class, () -> TicketSegment.counts(many, hash));
        assertEquals(64, TicketSegment.counts(many.subList(0, 64), hash).outputs());
        draft.segments = List.of(TicketSegment.counts(BANDS, hash), TicketSegment.counts(BANDS, Tickets.hash("b")));
        assertThrows(DataException.class, draft::ticket);
    }

    private long[] opened(ShareMessage... messages) {
        return coefficients(BANDS.size(), messages);
    }

    private long[] coefficients(int count, ShareMessage... messages) {
        var active = TicketAnswer.active(world.roster, draft.ticket());
        var shares = new ArrayList<Share>();
        for (ShareMessage message : messages) {
            shares.add(((ShareFile) message.file()).shares().getFirst());
        }
        var most = new OpenedMax(TicketWorld.SCHEME.params().t());
        return new Combiner(TicketWorld.SCHEME)
                .open(sum(), active, shares, Outputs.first(count), count > BANDS.size() ? most : MAX);
    }

    private ShareMessage share(int holder, Noise noise) {
        var self = new PartyId("holder-" + holder);
        var verdict = new TicketCheck(TicketWorld.SCHEME, world.facts(self), () -> TicketWorld.NOW)
                .check(
                        SignedTicket.sign(draft.ticket(), world.server),
                        hash -> Optional.ofNullable(world.octets.get(hash)));
        var accepted = assertInstanceOf(TicketVerdict.Accepted.class, verdict);
        return new TicketAnswer(TicketWorld.SCHEME, world.roster, noise, new PredictableRandom(holder))
                .answer(accepted, world.holders.share(holder), TicketWorld.holderKeys(holder));
    }

    private static Noise exact(long seed) {
        return new ExactNoise(new SecureBits(new PredictableRandom(seed)));
    }
}
