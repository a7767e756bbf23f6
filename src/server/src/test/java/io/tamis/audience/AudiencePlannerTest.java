package io.tamis.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.audience.board.BoardId;
import io.tamis.audience.keys.KeyStanding;
import io.tamis.audience.keys.Openings;
import io.tamis.audience.tags.UploadedTag;
import io.tamis.audience.tickets.SealedTerms;
import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.LabelledBy;
import io.tamis.data.Level;
import io.tamis.data.MicroRho;
import io.tamis.data.NationalGrade;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Semantic;
import io.tamis.data.Sharing;
import io.tamis.data.Steward;
import io.tamis.data.TamisException;
import io.tamis.data.Unit;
import io.tamis.data.Use;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.GroupId;
import io.tamis.holder.OpeningLimit;
import io.tamis.holder.PartyKey;
import io.tamis.holder.ProfileName;
import io.tamis.holder.Roster;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.ticket.QueryKind;
import io.tamis.jobs.ColumnUse;
import io.tamis.jobs.Plan;
import io.tamis.jobs.PlanRequest;
import io.tamis.jobs.Planned;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.privacy.Layout;
import io.tamis.privacy.Loss;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudiencePlannerTest {
    private static final String COUNT = "{'metric':'COUNT','tags':{'one':'t','two':'t'},'groupBy':'arm'}";
    private static final String COUNTS = "{'metric':'COUNT','buckets':{'one':'t','two':'t'}}";
    private static final List<String> BANDS = List.of("low", "middle", "high");
    private static final long FITS = 31_491_434;
    private static final List<String> ARMS = List.of("alpha", "beta");
    private static final Map<String, Clamp> BOUNDS = Map.of(
            "visits", new Clamp(0, 7),
            "debt", new Clamp(-7, 0),
            "fits", new Clamp(0, FITS),
            "wraps", new Clamp(0, FITS + 1));
    private static final TagSpec MANY = spec("friends", OptionalLong.of(10));
    private static final Hash ZERO = Hash.of(new byte[Hash.LENGTH]);

    private static TagSpec spec(String column, OptionalLong atLeast) {
        return new TagSpec(
                new TagName("t"),
                new ColumnName(column),
                new TagBounds(0, BOUNDS.getOrDefault(column, new Clamp(0, 500))),
                atLeast);
    }

    private static Dataset dataset(String id, int rowsMax, List<String> arms) {
        return new Dataset(
                new DatasetId(id),
                new PartyId("owner"),
                new Steward(new PersonId("u-1"), new DepartmentId("trade")),
                NationalGrade.GENERAL,
                Sharing.COLLABORATION,
                ConsentClass.SEPARATE,
                Optional.empty(),
                50,
                1_000_000,
                Optional.of(new Unit(new ColumnName("phone"), new Semantic("CN_MOBILE"), 1, rowsMax)),
                List.of(
                        column("phone", ColumnType.STRING, Level.L4, Set.of(Use.JOIN_ONLY), List.of(), 0),
                        column("arm", ColumnType.STRING, Level.L2, Set.of(Use.GROUP_KEY, Use.FILTER_ONLY), arms, 0),
                        column("friends", ColumnType.INTEGER, Level.L4, Set.of(Use.ENCRYPTED_ONLY), List.of(), 500),
                        column("band", ColumnType.STRING, Level.L4, Set.of(Use.ENCRYPTED_ONLY), BANDS, 0),
                        column("level", ColumnType.STRING, Level.L3, Set.of(Use.AGGREGATE_ONLY), BANDS, 0),
                        column("visits", ColumnType.INTEGER, Level.L3, Set.of(Use.AGGREGATE_ONLY), List.of(), 7),
                        column("debt", ColumnType.INTEGER, Level.L3, Set.of(Use.AGGREGATE_ONLY), List.of(), -7),
                        column("loose", ColumnType.INTEGER, Level.L3, Set.of(Use.AGGREGATE_ONLY), List.of(), 0),
                        column("fits", ColumnType.INTEGER, Level.L3, Set.of(Use.AGGREGATE_ONLY), List.of(), FITS),
                        column("wraps", ColumnType.INTEGER, Level.L3, Set.of(Use.AGGREGATE_ONLY), List.of(), FITS + 1),
                        column("filter", ColumnType.INTEGER, Level.L3, Set.of(Use.FILTER_ONLY), List.of(), 7),
                        column("secret", ColumnType.INTEGER, Level.L5, Set.of(Use.DENY), List.of(), 7)));
    }

    /** Clamped to 0 and {@code clamp}, in whatever order; without bounds for 0. */
    private static Column column(
            String name, ColumnType type, Level level, Set<Use> uses, List<String> domain, long clamp) {
        return new Column(
                new ColumnName(name),
                type,
                0,
                level,
                Set.of(),
                new Semantic("NONE"),
                LabelledBy.STEWARD,
                uses,
                domain,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                clamp == 0 ? Optional.empty() : Optional.of(new Clamp(Math.min(0, clamp), Math.max(0, clamp))));
    }

    private static PlanRequest request(String params, long rho, Dataset... datasets) {
        var inputs = Arrays.stream(datasets)
                .map(dataset -> new PlanRequest.Input(dataset, 1, dataset.rowsMost(), false, OptionalLong.empty()))
                .toList();
        return new PlanRequest(
                (Json.Obj) Json.parse(params.replace('\'', '"')), inputs, true, new Loss.Zcdp(new MicroRho(rho)), 50);
    }

    /** Two datasets with the same tag, in so many blocks each. */
    private static Planned plan(String params, TagSpec tag, int blocks) {
        var two = new Dataset[] {dataset("two", 1, ARMS), dataset("one", 1, ARMS)};
        return AudiencePlanner.plan(request(params, 3_000, two), _ -> there(tag, blocks));
    }

    private static EncryptedTags.Standing there(TagSpec tag, int blocks) {
        var tags = new TreeMap<DatasetId, UploadedTag>();
        for (String id : List.of("one", "two")) {
            var dataset = new DatasetId(id);
            tags.put(
                    dataset,
                    new UploadedTag(
                            new BoardId("tr_01980000-0000-7000-8000-000000000000"),
                            new SlotContext(ZERO, new KeyEpoch(3), dataset, 1, new PartyId("owner"), 1),
                            tag,
                            ZERO,
                            blocks,
                            0,
                            Collections.nCopies(blocks, ZERO)));
        }
        return new EncryptedTags.Standing.There(key(), tags);
    }

    private static KeyStanding key() {
        var roster = new Roster(
                new GroupId("test"),
                new ProfileName("AGG-8192"),
                2,
                IntStream.rangeClosed(1, 3)
                        .mapToObj(at -> new Roster.Holder(new PartyId("h" + at), publicKey(at), publicKey(at + 10)))
                        .toList(),
                List.of(),
                publicKey(99),
                List.of(new VerifierKey(
                        new Origin("tamis.test/log"), publicKey(98).bytes())),
                List.of(),
                new OpeningLimit(1024, 40));
        return new KeyStanding(
                new KeyEpoch(3),
                new BoardId("kc_01980000-0000-7000-8000-000000000000"),
                roster,
                KeyStanding.State.ACTIVE,
                ZERO,
                ZERO,
                new Openings(0, 1024),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }

    private static PartyKey publicKey(int seed) {
        var bytes = new byte[32];
        var secret = new byte[32];
        secret[0] = (byte) seed;
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(secret, 0, bytes, 0);
        return PartyKey.of(bytes);
    }

    private static Plan planned(Planned planned) {
        return assertInstanceOf(Plan.class, planned);
    }

    private static void refused(Code code, Planned planned) {
        assertEquals(new Planned.Refused(code), planned);
    }

    @Test
    void plan_ofACount_measuresUsersOfEachPlatform_andOneSum() {
        Plan plan = planned(plan(COUNT, MANY, 5));
        var terms = ((AudienceQuery) plan.query()).terms();
        assertEquals(
                new SealedTerms(QueryKind.MASKED, 2, 2, new Clamp(0, 2), 2, new Loss.Zcdp(new MicroRho(3_000)), 100),
                terms);
        assertEquals(
                List.of(1_000L, 1_000L, 1_000L),
                plan.release().shares().stream().map(Loss::micro).toList());
        assertEquals(100, plan.release().minUsers());
        assertEquals(
                List.of("count", "users:one", "users:two"),
                plan.release().layout().columns().stream().map(Layout.Named::id).toList());
    }

    private static TagSpec buckets(String column, List<String> values) {
        return TagSpec.buckets(new TagName("t"), new ColumnName(column), values);
    }

    /** One measure: nobody's users are measured beside what holders open. */
    @Test
    void plan_ofCounts_measuresNothingButTheCounts() {
        Plan plan = planned(plan(COUNTS, buckets("band", BANDS), 1));
        var query = (AudienceQuery) plan.query();
        assertEquals(
                new SealedTerms(QueryKind.BUCKETS, 3, 2, new Clamp(0, 2), 2, new Loss.Zcdp(new MicroRho(3_000)), 100),
                query.terms());
        assertEquals(
                List.of(3_000L),
                plan.release().shares().stream().map(Loss::micro).toList());
        assertEquals(BANDS, query.labels());
        assertEquals(BANDS, plan.release().keys().getFirst().labels());
        assertEquals(
                List.of("count"),
                plan.release().layout().columns().stream().map(Layout.Named::id).toList());
        assertEquals(
                List.of(
                        use("one", "band", Context.SANDBOX_INPUT, Action.COMPUTE_ENCRYPTED),
                        use("one", "band", Context.SANDBOX_OUTPUT, Action.AGGREGATE),
                        use("two", "band", Context.SANDBOX_INPUT, Action.COMPUTE_ENCRYPTED),
                        use("two", "band", Context.SANDBOX_OUTPUT, Action.AGGREGATE)),
                plan.uses());
        Plan open = planned(plan(COUNTS, buckets("level", BANDS), 1));
        assertEquals(50, open.release().minUsers());
        assertNotEquals(query.digest(), open.query().digest());
    }

    /** What a person is, opened as what a platform counted, would show persons; the other way round it is nonsense. */
    @Test
    void plan_ofTagsAsCountsOrCountsAsTags_isRefused() {
        refused(Code.AGG_NOT_ALLOWED, plan(COUNTS, MANY, 1));
        refused(Code.AGG_NOT_ALLOWED, plan(COUNTS, spec("visits", OptionalLong.empty()), 1));
        refused(Code.AGG_NOT_ALLOWED, plan(COUNT, buckets("band", BANDS), 1));
        refused(Code.AGG_NOT_ALLOWED, plan(COUNT.replace("COUNT", "SUM"), buckets("band", BANDS), 1));
    }

    /** The declaration of today is not that under which the platform counted. */
    @Test
    void counts_byOtherValuesThanAreDeclared_areRefused() {
        refused(Code.TAGS_MISSING, plan(COUNTS, buckets("band", List.of("low", "high", "middle")), 1));
        refused(Code.TAGS_MISSING, plan(COUNTS, buckets("band", BANDS.subList(0, 2)), 1));
        refused(Code.AGG_NOT_ALLOWED, plan(COUNTS, buckets("arm", ARMS), 1));
    }

    /** Level 4 goes in encrypted; what is released is asked at the level that leaves. */
    @Test
    void plan_asksThePolicy_aboutTagAndKey() {
        Plan plan = planned(plan(COUNT, MANY, 1));
        for (String id : List.of("one", "two")) {
            var uses = plan.uses().stream()
                    .filter(use -> use.dataset().value().equals(id))
                    .toList();
            assertEquals(
                    List.of(
                            use(id, "friends", Context.SANDBOX_INPUT, Action.COMPUTE_ENCRYPTED),
                            use(id, "arm", Context.SANDBOX_INPUT, Action.COMPUTE),
                            use(id, "friends", Context.SANDBOX_OUTPUT, Action.AGGREGATE),
                            use(id, "arm", Context.SANDBOX_OUTPUT, Action.AGGREGATE)),
                    uses);
        }
        Plan open = planned(plan(COUNT, spec("visits", OptionalLong.of(1)), 1));
        assertEquals(
                use("one", "visits", Context.SANDBOX_INPUT, Action.COMPUTE),
                open.uses().getFirst());
        assertEquals(50, open.release().minUsers());
    }

    /** Another release: who reads the sums is part of the answer's name. A mean nobody here can divide. */
    @Test
    void resultKey_isPartOfTheQuestion_andLeavesMeansToTheMerchant() {
        String key = "'resultKey':'" + "ab".repeat(32) + "',";
        var tag = spec("visits", OptionalLong.of(1));
        Plan open = planned(plan(COUNT, tag, 1));
        Plan sealed = planned(plan(COUNT.replace("{'metric'", "{" + key + "'metric'"), tag, 1));
        assertNotEquals(open.query().digest(), sealed.query().digest());
        assertEquals(open.release(), sealed.release());
        Plan mean =
                planned(plan(COUNT.replace("{'metric'", "{" + key + "'metric'").replace("COUNT", "MEAN"), tag, 1));
        assertEquals(sealed.query().digest(), mean.query().digest());
        assertEquals(
                new Layout.Named("sum", 0), mean.release().layout().columns().getFirst());
        assertThrows(
                TamisException.class, () -> plan(COUNT.replace("{'metric'", "{'resultKey':'ab','metric'"), tag, 1));
    }

    private static ColumnUse use(String dataset, String column, Context context, Action action) {
        return new ColumnUse(new DatasetId(dataset), new ColumnName(column), context, action);
    }

    @ParameterizedTest
    @CsvSource({
        "secret, 1, LABEL_L5_USE",
        "secret, , LABEL_L5_USE",
        "unknown, 1, LABEL_L5_USE",
        "filter, 1, AGG_NOT_ALLOWED",
        "loose, , NO_BOUNDS"
    })
    void tag_ofAColumnThatIsNotOpenToSums_isRefused(String column, Long atLeast, Code code) {
        var tag = spec(column, atLeast == null ? OptionalLong.empty() : OptionalLong.of(atLeast));
        refused(code, plan(COUNT.replace("COUNT", "SUM"), tag, 1));
    }

    /** The platform clipped to what it signed; holders would refuse what is declared since, and the price would be lost. */
    @ParameterizedTest
    @CsvSource({"0, 0, 499", "0, 0, 501", "0, -1, 500", "1, 0, 500"})
    void tag_ofAnotherDeclarationThanToday_isMissing(int scale, long min, long max) {
        var name = new ColumnName("friends");
        var tag = new TagSpec(new TagName("t"), name, new TagBounds(scale, new Clamp(min, max)), OptionalLong.of(10));
        refused(Code.TAGS_MISSING, plan(COUNT, tag, 1));
    }

    @Test
    void count_ofValues_isRefused_sumIsNot() {
        refused(Code.AGG_NOT_ALLOWED, plan(COUNT, spec("visits", OptionalLong.empty()), 1));
        Plan sum = planned(plan(COUNT.replace("COUNT", "SUM"), spec("visits", OptionalLong.empty()), 1));
        assertEquals(new Clamp(0, 14), ((AudienceQuery) sum.query()).terms().clamp());
        Plan signed = planned(plan(COUNT.replace("COUNT", "SUM"), spec("debt", OptionalLong.empty()), 1));
        assertEquals(
                new Clamp(-14, 14), ((AudienceQuery) signed.query()).terms().clamp());
    }

    /**
     * t/2 = 2^39. With a clamp of c the sum of two blocks is at most 16,384 c, B = 2 c, sigma = 2 c sqrt(500), and two holders have
     * room for 12 sigma each: the greatest c that fits is 31,491,434.
     */
    @Test
    void sums_thatCouldWrapAround_areRefused() {
        String sum = COUNT.replace("COUNT", "SUM");
        planned(plan(sum, spec("fits", OptionalLong.empty()), 1));
        refused(Code.MAY_FAIL_AT_RUNTIME, plan(sum, spec("wraps", OptionalLong.empty()), 1));
    }

    /** Flooding grows with the number of ciphertexts: N*F + B < Q/4t. */
    @Test
    void moreCiphertextsThanFloodingLeavesRoomFor_areRefused() {
        var tag = spec("visits", OptionalLong.of(1));
        planned(plan(COUNT, tag, 4_096));
        refused(Code.MAY_FAIL_AT_RUNTIME, plan(COUNT, tag, 60_000));
    }

    @Test
    void price_belowAMillionthAMeasure_isRefused() {
        var datasets = new Dataset[] {dataset("one", 1, ARMS), dataset("two", 1, ARMS)};
        refused(Code.BELOW_UTILITY_FLOOR, AudiencePlanner.plan(request(COUNT, 2, datasets), _ -> there(MANY, 1)));
        planned(AudiencePlanner.plan(request(COUNT, 3, datasets), _ -> there(MANY, 1)));
    }

    @Test
    void rows_thatAreNotOneAPersonOrOfOtherDomains_areRefused() {
        refused(
                Code.OP_NOT_ALLOWED,
                AudiencePlanner.plan(
                        request(COUNT, 3_000, dataset("one", 1, ARMS), dataset("two", 2, ARMS)), _ -> there(MANY, 1)));
        refused(
                Code.NEEDS_PUBLIC_GROUPS,
                AudiencePlanner.plan(
                        request(COUNT, 3_000, dataset("one", 1, ARMS), dataset("two", 1, List.of("beta", "alpha"))),
                        _ -> there(MANY, 1)));
        refused(Code.LABEL_GROUP_KEY, plan(COUNT.replace("'arm'", "'visits'"), MANY, 1));
        refused(Code.LABEL_L5_USE, plan(COUNT.replace("'arm'", "'friends'"), MANY, 1));
        refused(Code.LABEL_L5_USE, plan(COUNT.replace("'arm'", "'nothing'"), MANY, 1));
    }

    @Test
    void segments_overTheLimit_areRefused() {
        var labels = IntStream.rangeClosed(1, 64).mapToObj(at -> "a" + at).toList();
        var more = IntStream.rangeClosed(1, 65).mapToObj(at -> "a" + at).toList();
        planned(AudiencePlanner.plan(
                request(COUNT, 3_000, dataset("one", 1, labels), dataset("two", 1, labels)), _ -> there(MANY, 1)));
        refused(
                Code.PLAN_TOO_LARGE,
                AudiencePlanner.plan(
                        request(COUNT, 3_000, dataset("one", 1, more), dataset("two", 1, more)), _ -> there(MANY, 1)));
    }

    @Test
    void missingKeyOrTags_areRefused() {
        for (Code code : List.of(Code.KEY_EPOCH_MISSING, Code.TAGS_MISSING)) {
            refused(
                    code,
                    AudiencePlanner.plan(
                            request(COUNT, 3_000, dataset("one", 1, ARMS), dataset("two", 1, ARMS)),
                            _ -> new EncryptedTags.Standing.Missing(code)));
        }
    }

    /** COUNT, SUM and MEAN are one question, in whatever order its datasets come; other conditions are another. */
    @Test
    void digest_namesTheQuestion() {
        Hash count = digest(COUNT);
        assertEquals(count, digest(COUNT.replace("COUNT", "SUM")));
        assertEquals(count, digest("{'tags':{'two':'t','one':'t'},'groupBy':'arm','metric':'MEAN'}"));
        assertNotEquals(count, digest(COUNT.replace(",'groupBy':'arm'", "")));
        assertNotEquals(
                count,
                digest(COUNT.replace(
                        ",'groupBy'",
                        ",'where':{'one':[{'column':'one#arm','op':'EQ','values':['beta']}]},'groupBy'")));
        assertNotEquals(
                count,
                planned(plan(COUNT, spec("friends", OptionalLong.of(11)), 1))
                        .query()
                        .digest());
    }

    private static Hash digest(String params) {
        return planned(plan(params, MANY, 1)).query().digest();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'metric':'MEDIAN','tags':{'one':'t','two':'t'}}",
                "{'metric':'COUNT'}",
                "{'metric':'COUNT','tags':{}}",
                "{'metric':'COUNT','tags':[]}",
                "{'metric':'COUNT','tags':{'one':'t'}}",
                "{'metric':'COUNT','tags':{'one':'t','two':'t','three':'t'}}",
                "{'metric':'COUNT','tags':{'one':'t','two':'T'}}",
                "{'metric':'COUNT','tags':{'one':'t','two':1}}",
                "{'metric':'COUNT','tags':{'one':'t','two':'t'},'where':[]}",
                "{'metric':'COUNT','tags':{'one':'t','two':'t'},'where':{'three':[]}}",
                "{'metric':'COUNT','tags':{'one':'t','two':'t'},'where':{'one':{}}}",
                "{'metric':'COUNT','tags':{'one':'t','two':'t'},'where':{'one':[{'column':'two#arm','op':'IS_NULL'}]}}",
                "{'metric':'COUNT','tags':{'one':'t','two':'t'},'where':{'one':[{'column':'one#arm','op':'EQ','values':['nobody']}]}}",
                "{'metric':'COUNT','tags':{'one':'t','two':'t'},'groupBy':'Not A Column'}",
                "{'metric':'COUNT','tags':{'one':'t','two':'t'},'minUsers':1}",
                "{'metric':'COUNT','buckets':{'one':'t'}}",
                "{'metric':'COUNT','buckets':{}}",
                "{'metric':'SUM','buckets':{'one':'t','two':'t'}}",
                "{'metric':'COUNT','buckets':{'one':'t','two':'t'},'tags':{'one':'t','two':'t'}}",
                "{'metric':'COUNT','buckets':{'one':'t','two':'t'},'where':{}}",
                "{'metric':'COUNT','buckets':{'one':'t','two':'t'},'groupBy':'arm'}"
            })
    void params_ofAnotherForm_areMalformed(String params) {
        assertThrows(DataException.class, () -> plan(params, MANY, 1));
    }

    @Test
    void params_outsideACollaboration_areMalformed() {
        var request = request(COUNT, 3_000, dataset("one", 1, ARMS), dataset("two", 1, ARMS));
        var alone = new PlanRequest(request.params(), request.inputs(), false, request.loss(), request.minUsers());
        assertThrows(DataException.class, () -> AudiencePlanner.plan(alone, _ -> there(MANY, 1)));
    }

    @Test
    void users_ofSegments_areCounted_andMasked() {
        var segments = new Segments(new byte[] {1, 0, 2, 1, 2, 2});
        assertEquals(
                List.of(2L, 3L, 0L), Arrays.stream(segments.users(3)).boxed().toList());
        var mask = segments.mask(1);
        assertEquals(
                List.of(false, false, true, false, true, true),
                IntStream.range(0, 6).mapToObj(mask::get).toList());
        assertEquals("Segments", segments.toString());
    }
}
