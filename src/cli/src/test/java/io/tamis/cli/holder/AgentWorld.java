package io.tamis.cli.holder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.TestShell;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Charge;
import io.tamis.data.Clamp;
import io.tamis.data.CollaborationId;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.he.Aggregate;
import io.tamis.he.Alignment;
import io.tamis.he.Bfv;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.Ciphertext;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.HeParams;
import io.tamis.he.KeyEpoch;
import io.tamis.he.SlotCandidates;
import io.tamis.he.Tuple;
import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.mask.MaskSums;
import io.tamis.he.ring.Prime;
import io.tamis.he.ring.Primes;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.KeyCandidates;
import io.tamis.he.threshold.MerchantKey;
import io.tamis.he.threshold.SecretShare;
import io.tamis.he.threshold.Sharing;
import io.tamis.holder.CiphertextSignature;
import io.tamis.holder.GroupId;
import io.tamis.holder.OpeningLimit;
import io.tamis.holder.PartyKey;
import io.tamis.holder.ProfileName;
import io.tamis.holder.Roster;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import io.tamis.holder.ceremony.CeremonyId;
import io.tamis.holder.check.PassedRound;
import io.tamis.holder.slots.PlatformSlots;
import io.tamis.holder.slots.SlotAudit;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.slots.SlotPlan;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.Metric;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketApproval;
import io.tamis.holder.ticket.TicketBounds;
import io.tamis.holder.ticket.TicketEvidence;
import io.tamis.holder.ticket.TicketId;
import io.tamis.holder.ticket.TicketNoise;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.holder.ticket.TicketSource;
import io.tamis.log.BudgetRow;
import io.tamis.log.Checkpoint;
import io.tamis.log.EventType;
import io.tamis.log.JobQuestion;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogEntry;
import io.tamis.log.MerkleTree;
import io.tamis.log.Origin;
import io.tamis.log.Salt;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import io.tamis.policy.PolicyBundle;
import io.tamis.policy.Region;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import io.tamis.privacy.Loss;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One holder of two with its store, a platform of 130 users in blocks of 64 (a scheme WITHOUT security), and a service of canned
 * answers that asks for one honest ticket.
 */
final class AgentWorld implements AutoCloseable {
    static final long EPOCH = 3;
    static final int USERS = 130;
    private static final PartyId SHOP = new PartyId("shop");
    private static final PartyId MERCHANT = new PartyId("brand-a");
    private static final DatasetId USERS_SET = new DatasetId("shop-users");
    private static final JobId JOB = JobId.parse("job_0190163d-8694-739b-aea5-966c26f8ad91");
    private static final TicketId TICKET = new TicketId(UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad92"));
    private static final Origin ORIGIN = new Origin("example.com/tamis/2026");
    static final Bfv SCHEME = Bfv.of(small());

    final FakeService service = new FakeService();
    final TestShell shell;
    final Roster roster;
    final PolicyBundle policy = policy();
    final SignedTicket ticket;
    HolderStore store;

    private final Path folder;
    private final KeyProvider server;
    private final KeyProvider platform;
    private final CollectiveKey key;
    private final List<LedgerEvent> events = new ArrayList<>();

    private final Optional<Hash> resultKey;

    AgentWorld(Path temp) {
        this(temp, Optional.empty());
    }

    /** The same with sums for this merchant's key alone, which the service hands out. */
    AgentWorld(Path temp, Optional<MerchantKey> merchant) {
        resultKey = merchant.map(MerchantKey::hash);
        merchant.ifPresent(
                known -> service.on("GET " + pathOf("/merchant-key"), 200, "application/octet-stream", known.bytes()));
        shell = TestShell.of(service, temp);
        folder = temp.resolve("holder");
        store = HolderStore.create(folder, TestKeys.password(), new PartyId("holder-1"), new SystemRandom());
        server = keys(temp.resolve("server"), KeySet.SERVICE);
        platform = keys(temp.resolve("platform"), KeySet.PLATFORM);
        roster = roster();
        var candidates = new KeyCandidates(SCHEME, seed("common"));
        key = CollectiveKey.of(SCHEME, seed("common"), List.of(candidates.b(seed("one")), candidates.b(seed("two"))));
        var dealt = List.of(
                candidates.secret(seed("one")).deal(2, 2, new SystemRandom()).getFirst(),
                candidates.secret(seed("two")).deal(2, 2, new SystemRandom()).getFirst());
        try (var share = SecretShare.combine(Sharing.shamir(2, 2), new HolderIndex(1), dealt)) {
            desk().epochs().keep(EPOCH, new CeremonyId(new UUID(0, 1)), key, share);
        }
        ticket = SignedTicket.sign(ticket(), server);
        offer(ticket);
        service.on("GET /v1/key-epochs/" + EPOCH, 200, "{\"state\":\"ACTIVE\"}");
    }

    HolderDesk desk() {
        var events = new HolderEvents(shell.shell(), true);
        var api = ApiClient.of(service.url()).as(new BearerToken(TestShell.TOKEN));
        return new HolderDesk(api, store, store.cache(1 << 20), SCHEME, roster, policy, events);
    }

    /** The holder's work on tickets in a process that begins now. */
    TicketWork work() {
        return new TicketWork(desk(), shell.shell(), spread -> 5, new SystemRandom());
    }

    /** The process ends without a word, and another one begins on the same folder. */
    void restart() {
        store.close();
        store = HolderStore.open(folder, TestKeys.password(), new SystemRandom());
    }

    void offer(SignedTicket offered) {
        service.on(
                "GET /v1/decryption-tickets",
                200,
                Json.object()
                        .put("items", Json.array(List.of(offered.toJson())))
                        .build()
                        .canonical());
    }

    String path() {
        return "/v1/decryption-tickets/" + ticket.ticket().id();
    }

    /** The ticket as a server signs it that writes down what it issues, dishonest or not. */
    SignedTicket signed(Json.Obj changed) {
        List<Json> shown =
                new ArrayList<>(((Json.Arr) changed.member("evidence").orElseThrow()).items());
        var honest = ticket.ticket().evidence().getLast().event();
        var issued = evidence(append(
                EventType.TICKET_ISSUED,
                honest.body()
                        .without("v", "id", "at", "type")
                        .with(
                                "aggregates",
                                Json.of(DecryptionTicket.fromJson(changed)
                                        .aggregatesHash()
                                        .hex()))));
        shown.set(
                shown.size() - 1,
                Json.object()
                        .put("event", issued.event().body())
                        .put("salt", issued.salt().hex())
                        .put("proof", issued.proof().text())
                        .build());
        return SignedTicket.sign(DecryptionTicket.fromJson(changed.with("evidence", Json.array(shown))), server);
    }

    private DecryptionTicket ticket() {
        List<Hash> inputs = inputs();
        var mask = BitMask.of(USERS, position -> position < 110);
        service.on("GET " + pathOf("/masks/" + mask.hash()), 200, "application/octet-stream", mask.file());
        var bounds = new TicketBounds(100, 500, 1, 1);
        var rows = rows();
        Json.Obj about = Json.object()
                .put("job", JOB.toString())
                .put("collaborationId", "col_1")
                .build();
        EventId submitted = append(EventType.JOB_SUBMITTED, submitted(about));
        EventId approved = append(EventType.APPROVAL_GIVEN, approved(about));
        EventId charged = append(
                EventType.BUDGET_CHARGED,
                about.with("tenant", Json.of("brand-a"))
                        .with(
                                "rows",
                                Json.array(rows.stream().map(BudgetRow::toJson).toList())));
        Hash aggregate = sum(mask).hash();
        EventId issued = append(EventType.TICKET_ISSUED, issued(about, charged, aggregate));
        return new DecryptionTicket(
                TICKET,
                new DecryptionTicket.Asked(
                        JOB,
                        new CollaborationId("col_1"),
                        MERCHANT,
                        PolicyRole.MERCHANT,
                        Region.DOMESTIC,
                        Metric.SUM,
                        policy.contentHash(),
                        resultKey),
                question(),
                EPOCH,
                roster.hash(),
                List.of(new TicketSource(USERS_SET, 2, 1, Purpose.AUDIENCE_INSIGHT, "friends", inputs)),
                List.of(new TicketSegment(Optional.empty(), List.of(mask.hash()), aggregate)),
                bounds,
                TicketNoise.of(new Loss.Zcdp(new MicroRho(600)), bounds),
                rows,
                List.of(new PartyId("holder-1"), new PartyId("holder-2")),
                40,
                List.of(new TicketApproval(SHOP, new PersonId("u-1021"), new DepartmentId("trade-platform"), approved)),
                List.of(evidence(submitted), evidence(charged), evidence(approved), evidence(issued)),
                new DecryptionTicket.Validity(TestShell.NOW.minusSeconds(60), TestShell.NOW.plusSeconds(3_600)));
    }

    private String pathOf(String more) {
        return "/v1/decryption-tickets/tk_0190163d-8694-739b-aea5-966c26f8ad92" + more;
    }

    private final List<Ciphertext> uploads = new ArrayList<>();

    /** Encrypts in a round that the holder has passed, and lays the uploads ready. */
    private List<Hash> inputs() {
        var context = new SlotContext(roster.hash(), new KeyEpoch(EPOCH), USERS_SET, 2, SHOP, 1);
        var spec = new TagSpec(
                new TagName("friends"),
                new ColumnName("friends"),
                new TagBounds(0, new Clamp(0, 500)),
                OptionalLong.empty());
        var plan = new SlotPlan(SCHEME.paramsId(), 4, List.of(spec), 3);
        var candidates = new SlotCandidates(key);
        Hash coin = hash("coin");
        var hashes = new ArrayList<Hash>();
        var survivors = new ArrayList<Hash>();
        var master = SecretBytes.copyOf(hash("master").bytes());
        var audit = new SlotAudit(context, plan, candidates);
        try (var slots = new PlatformSlots(context, plan, candidates, master)) {
            for (int block = 0; block < 3; block++) {
                survivors.add(audit.survivor(block, slots.root(block), coin, slots.opening(block, coin))
                        .orElseThrow());
                var upload = encrypted(slots, block, coin);
                uploads.add(upload);
                byte[] octets =
                        CiphertextSignature.sign(upload.bytes(), platform).bytes();
                hashes.add(Hash.sha256(octets));
                service.on("GET " + pathOf("/inputs/" + Hash.sha256(octets)), 200, "application/octet-stream", octets);
            }
        }
        desk().rounds().passed(new PassedRound(context, plan, coin, survivors));
        return List.copyOf(hashes);
    }

    private Ciphertext encrypted(PlatformSlots slots, int block, Hash coin) {
        int count = Math.min(64, USERS - 64 * block);
        long[] values = IntStream.range(0, count).mapToLong(i -> i % 7).toArray();
        var header = new CipherHeader(
                CipherKind.PUBLIC_KEY,
                SCHEME.params(),
                new KeyEpoch(EPOCH),
                new Alignment(2, hash("order")),
                block,
                Encoding.TAGS,
                count);
        return new Encryptor(key)
                .encrypt(header, values, slots.survivorSeed(block, coin), slots.noiseSeed(block, hash("v" + block)));
    }

    private Aggregate sum(BitMask mask) {
        var sums = new MaskSums(SCHEME, new FreshMaskForms(SCHEME), 1);
        for (int block = 0; block < uploads.size(); block++) {
            sums.add(uploads.get(block), block, List.of(mask));
        }
        return sums.finish().getFirst();
    }

    private static List<BudgetRow> rows() {
        var rows = new ArrayList<BudgetRow>();
        var amount = Charge.ofRho(new MicroRho(1_200));
        var dataset = Optional.of(USERS_SET);
        for (var merchant : List.of(Optional.of(MERCHANT), Optional.<PartyId>empty())) {
            rows.add(new BudgetRow(dataset, merchant, Optional.of(YearMonth.of(2026, 11)), amount));
            rows.add(new BudgetRow(dataset, merchant, Optional.empty(), amount));
        }
        rows.add(new BudgetRow(Optional.empty(), Optional.empty(), Optional.empty(), amount));
        return List.copyOf(rows);
    }

    /** What the merchant asked, as its owner approved it. */
    private JobQuestion question() {
        var request = (Json.Obj) Json.parse("""
                {"jobRequestId":"friends-1","type":"AUDIENCE_AGGREGATE","collaborationId":"col_1",\
                "datasets":[{"id":"shop-users","version":2,"purpose":"AUDIENCE_INSIGHT"}],\
                "params":{"metric":"SUM",%s"tags":{"shop-users":"friends"}},\
                "privacy":{"rhoMicro":1200},"reason":"how many friends have they"}""".formatted(
                resultKey.map(named -> "\"resultKey\":\"" + named.hex() + "\",").orElse("")));
        return new JobQuestion(
                JOB,
                MERCHANT,
                Role.MERCHANT,
                "DOMESTIC",
                request,
                Salt.of(hash("question salt").bytes()));
    }

    private Json.Obj submitted(Json.Obj about) {
        return about.with("tenant", Json.of("brand-a"))
                .with("actor", actor("u-7", "merchant", "marketing"))
                .with("requestHash", Json.of(hash("request").hex()))
                .with("questionHash", Json.of(question().hash().hex()))
                .with("dataset", Json.of(USERS_SET.value()))
                .with("version", Json.of(2))
                .with("purpose", Json.of("AUDIENCE_INSIGHT"));
    }

    private Json.Obj approved(Json.Obj about) {
        Hash subject = Tuple.of("tamis-approval-v2")
                .hash(question().hash())
                .hash(policy.contentHash())
                .sha256();
        return about.with("tenant", Json.of("shop"))
                .with("actor", actor("u-1021", "platform", "trade-platform"))
                .with("subjectHash", Json.of(subject.hex()))
                .with("verdict", Json.of("APPROVED"));
    }

    private static Json.Obj issued(Json.Obj about, EventId charged, Hash aggregate) {
        return about.with("tenant", Json.of("brand-a"))
                .with("ticket", Json.of(TICKET.toString()))
                .with("charge", Json.of(charged.toString()))
                .with("keyEpoch", Json.of(EPOCH))
                .with("openings", Json.of(1))
                .with(
                        "aggregates",
                        Json.of(Tuple.of("tamis-aggregates-v1")
                                .hash(aggregate)
                                .sha256()
                                .hex()))
                .with("holders", Json.strings(List.of("holder-1", "holder-2")));
    }

    private static Json.Obj actor(String id, String role, String department) {
        return Json.object()
                .put("id", id)
                .put("role", role)
                .put("department", department)
                .build();
    }

    private EventId append(EventType type, Json.Obj members) {
        var id = new EventId(new UUID(7, events.size()));
        events.add(new LedgerEvent(members.with("v", Json.of(1))
                .with("id", Json.of(id.toString()))
                .with("at", Json.of("2026-11-24T07:59:00.000Z"))
                .with("type", Json.of(type.wire()))));
        return id;
    }

    private TicketEvidence evidence(EventId id) {
        var tree = new MerkleTree();
        events.forEach(event -> tree.append(LogEntry.of(salt(event), event).leaf()));
        var note = new Checkpoint(ORIGIN, tree.head()).sign(server, KeyName.LEDGER_SIGNING);
        int index = events.stream().map(LedgerEvent::id).toList().indexOf(id);
        LedgerEvent event = events.get(index);
        var proof = new TlogProof(LogEntry.of(salt(event), event), index, tree.inclusion(index, events.size()), note);
        return new TicketEvidence(event, salt(event), proof);
    }

    private static Salt salt(LedgerEvent event) {
        return Salt.of(hash("salt of " + event.id()).bytes());
    }

    private Roster roster() {
        var other = PartyKey.of(hash("another holder").bytes());
        return new Roster(
                new GroupId("test"),
                new ProfileName("TEST-64"),
                2,
                List.of(
                        new Roster.Holder(
                                new PartyId("holder-1"),
                                PartyKey.of(store.keys().publicKey(KeyName.HOLDER_SIGNING)),
                                PartyKey.of(store.keys().publicKey(KeyName.HOLDER_SEALING))),
                        new Roster.Holder(
                                new PartyId("holder-2"),
                                other,
                                PartyKey.of(hash("seal").bytes()))),
                List.of(new Roster.Platform(SHOP, PartyKey.of(platform.publicKey(KeyName.PLATFORM_SIGNING)))),
                PartyKey.of(server.publicKey(KeyName.TICKET_SIGNING)),
                List.of(new VerifierKey(ORIGIN, server.publicKey(KeyName.LEDGER_SIGNING))),
                List.of(),
                new OpeningLimit(64, 40));
    }

    private static HeParams small() {
        List<Prime> primes = Primes.AGG_8192.stream()
                .map(prime -> new Prime(prime.q(), Primes.firstRoot(prime.q(), 64)))
                .toList();
        return new HeParams("TEST-64", 64, primes, 1L << 40, 40);
    }

    private static Seed seed(String of) {
        return Seed.of(hash(of).bytes());
    }

    private static Hash hash(String of) {
        return Hash.sha256(of.getBytes(UTF_8));
    }

    private static KeyProvider keys(Path file, KeySet set) {
        return BcfksKeyProvider.create(file, TestKeys.password(), true, new SystemRandom(), set);
    }

    static PolicyBundle policy() {
        return switch (PolicyLoader.load(Path.of("..", "..", "policies"))) {
            case LoadResult.Loaded(PolicyBundle bundle) -> bundle;
            case LoadResult.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }

    @Override
    public void close() {
        store.close();
        service.close();
    }
}
