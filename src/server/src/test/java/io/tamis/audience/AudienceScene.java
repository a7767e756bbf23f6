package io.tamis.audience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tamis.audience.board.ContentStore;
import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.order.Positions;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.TagOrder;
import io.tamis.data.Clamp;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
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
import io.tamis.he.NoiseBounds;
import io.tamis.he.SignedBody;
import io.tamis.he.mask.BitMask;
import io.tamis.he.mask.FreshMaskForms;
import io.tamis.he.mask.MaskSums;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.KeyCandidates;
import io.tamis.he.threshold.MerchantKey;
import io.tamis.he.threshold.OpenRequest;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.SecretShare;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareFile;
import io.tamis.he.threshold.ShareHeader;
import io.tamis.he.threshold.ShareKind;
import io.tamis.he.threshold.ShareMaker;
import io.tamis.he.threshold.Sharing;
import io.tamis.he.threshold.SwitchFile;
import io.tamis.he.threshold.ZeroShares;
import io.tamis.holder.Coins;
import io.tamis.holder.GroupId;
import io.tamis.holder.Message;
import io.tamis.holder.MessageContext;
import io.tamis.holder.MessageType;
import io.tamis.holder.OpeningLimit;
import io.tamis.holder.PartyKey;
import io.tamis.holder.ProfileName;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import io.tamis.holder.check.HolderFacts;
import io.tamis.holder.check.OpeningBook;
import io.tamis.holder.check.PassedRound;
import io.tamis.holder.check.TicketCheck;
import io.tamis.holder.check.TicketVerdict;
import io.tamis.holder.slots.SlotAudit;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.slots.SlotPlan;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.QueryKind;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.log.VerifierKey;
import io.tamis.server.TestApi;
import io.tamis.server.TestServer;
import io.tamis.server.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A key of three holders, two of whom open, and the encrypted tags of two platforms, put into the tables as if ceremony and rounds
 * had passed: both have tests of their own. All secrets are in one place and anybody can compute them. NOT secret.
 */
final class AudienceScene {
    static final List<String> HOLDERS = List.of("aud-h1", "aud-h2", "aud-h3");
    static final int THRESHOLD = 2;
    static final Bfv SCHEME = Bfv.of(HeParams.AGG_8192);

    /** Far from the numbers that ceremonies of other tests draw. */
    static final long EPOCH = 900_001;

    private static final Hash COIN = Hash.sha256("coin".getBytes(UTF_8));
    private static final TagBounds ORDERS = new TagBounds(0, new Clamp(0, 10));
    private static final long VERSION_7 = 0x7000;
    private static final int PUBLIC_KEY_BYTES = 32;

    private final Jdbi jdbi;
    private final Roster roster;
    private final CollectiveKey key;
    private final List<SecretShare> shares;
    private final Map<DatasetId, PassedRound> rounds = new HashMap<>();

    private AudienceScene(Jdbi jdbi, Roster roster, CollectiveKey key, List<SecretShare> shares) {
        this.jdbi = jdbi;
        this.roster = roster;
        this.key = key;
        this.shares = shares;
    }

    /** The key, in force. */
    static AudienceScene make(Jdbi jdbi, KeyProvider keys) {
        var candidates = new KeyCandidates(SCHEME, seed("common"));
        var dealt = HOLDERS.stream()
                .map(holder -> candidates
                        .secret(seed(holder))
                        .deal(THRESHOLD, HOLDERS.size(), bytes -> new java.util.SplittableRandom(5).nextBytes(bytes)))
                .toList();
        var shares = IntStream.range(0, HOLDERS.size())
                .mapToObj(at -> SecretShare.combine(
                        Sharing.shamir(THRESHOLD, HOLDERS.size()),
                        new HolderIndex(at + 1),
                        dealt.stream().map(parts -> parts.get(at)).toList()))
                .toList();
        var key = CollectiveKey.of(
                SCHEME,
                seed("common"),
                HOLDERS.stream().map(holder -> candidates.b(seed(holder))).toList());
        var scene = new AudienceScene(jdbi, roster(keys), key, shares);
        jdbi.useTransaction(scene::insertKey);
        return scene;
    }

    private static Roster roster(KeyProvider keys) {
        return new Roster(
                new GroupId("audience-test"),
                new ProfileName("AGG-8192"),
                THRESHOLD,
                HOLDERS.stream()
                        .map(holder ->
                                new Roster.Holder(new PartyId(holder), publicKey(holder), publicKey(holder + "-seal")))
                        .toList(),
                List.of(
                        new Roster.Platform(new PartyId("aud-a"), publicKey("aud-a")),
                        new Roster.Platform(new PartyId("aud-b"), publicKey("aud-b"))),
                PartyKey.of(keys.publicKey(KeyName.TICKET_SIGNING)),
                TestApi.request()
                        .get("/v1/ledger/key")
                        .asString()
                        .lines()
                        .map(VerifierKey::parse)
                        .toList(),
                List.of(List.of(new PartyId("aud-a"), new PartyId("aud-sister"))),
                new OpeningLimit(1024, 40));
    }

    private static Seed seed(String name) {
        return Seed.of(Hash.sha256(name.getBytes(UTF_8)).bytes());
    }

    private static PartyKey publicKey(String party) {
        var bytes = new byte[PUBLIC_KEY_BYTES];
        Ed25519.generatePublicKey(Hash.sha256(party.getBytes(UTF_8)).bytes(), 0, bytes, 0);
        return PartyKey.of(bytes);
    }

    private static byte[] sign(String party, String domain, byte[] content) {
        byte[] prefix = domain.getBytes(UTF_8);
        byte[] message = java.util.Arrays.copyOf(prefix, prefix.length + content.length);
        System.arraycopy(content, 0, message, prefix.length, content.length);
        return sign(party, message);
    }

    private static byte[] sign(String party, byte[] content) {
        var signature = new byte[SignedBody.SIGNATURE_LENGTH];
        Ed25519.sign(Hash.sha256(party.getBytes(UTF_8)).bytes(), 0, content, 0, content.length, signature, 0);
        return signature;
    }

    private void insertKey(Handle tx) {
        var now = Instant.now().atOffset(ZoneOffset.UTC);
        String ceremony = "kc_" + new UUID(VERSION_7, Long.MIN_VALUE | EPOCH);
        tx.execute("insert into audience_board values (?, ?)", ceremony, now);
        tx.createUpdate(
                        "insert into audience_ceremony (ceremony, key_epoch, roster, roster_hash, state, event_id, opened_at,"
                                + " stage_at, ended_at) values (:id, :epoch, :roster, :hash, 'FINISHED', :event, :at, :at, :at)")
                .bind("id", ceremony)
                .bind("epoch", EPOCH)
                .bind("roster", roster.toJson().canonical())
                .bind("hash", roster.hash().bytes())
                .bind("event", UUID.randomUUID())
                .bind("at", now)
                .execute();
        tx.createUpdate(
                        "insert into audience_key_epoch values (:epoch, :id, 'ACTIVE', :key, :key, 0, 1024, :event, :at)")
                .bind("epoch", EPOCH)
                .bind("id", ceremony)
                .bind("key", key.hash().bytes())
                .bind("event", UUID.randomUUID())
                .bind("at", now)
                .execute();
    }

    /** So that other tests find no key of ours. */
    void retire() {
        jdbi.useHandle(handle -> handle.execute(
                "update audience_key_epoch set state = 'RETIRED', reason = 'test over', ended_at = now() where key_epoch = ?",
                EPOCH));
    }

    /** A tag and each person's value, by the order of the file. */
    record Tag(TagSpec spec, IntToLongFunction values) {
        /** A platform's own counts of these values of a column. */
        static Tag buckets(String name, String column, List<String> values, long... counts) {
            return new Tag(
                    TagSpec.buckets(new TagName(name), new ColumnName(column), values), bucket -> counts[bucket]);
        }

        static Tag atLeast(String name, long threshold, IntToLongFunction values) {
            return new Tag(
                    new TagSpec(new TagName(name), new ColumnName("orders"), ORDERS, OptionalLong.of(threshold)),
                    values);
        }

        static Tag value(String name, String column, IntToLongFunction values) {
            return new Tag(
                    new TagSpec(new TagName(name), new ColumnName(column), ORDERS, OptionalLong.empty()), values);
        }
    }

    /** Encrypts a loaded version's tags, at most 8,192 persons, and uploads them; the first {@code tags} of them only. */
    void encrypt(Catalog catalog, Positions positions, String dataset, List<String> persons, List<Tag> tags) {
        Snapshot snapshot = catalog.snapshot(new DatasetId(dataset), 1).orElseThrow();
        TagOrder order;
        try (var orderKey = positions.key(snapshot);
                var builder = new TagOrder.Builder(orderKey, snapshot.id(), 1, persons.size())) {
            persons.forEach(person -> builder.add(person.getBytes(UTF_8), 0, person.length()));
            order = builder.finish();
        }
        assertEquals(order.hash(), positions.of(snapshot).orderHash(), "both sides order alike");
        jdbi.useTransaction(tx -> insertRound(tx, dataset, order, tags));
        int[] at = order.positions();
        var files = new ContentStore(TestServer.DATA.resolve("audience").resolve("ciphertexts"));
        var context = new SlotContext(roster.hash(), new KeyEpoch(EPOCH), snapshot.id(), 1, new PartyId(dataset), 1);
        var survivors = new ArrayList<Hash>();
        for (int column = 0; column < tags.size(); column++) {
            boolean buckets = tags.get(column).spec().isBuckets();
            var values = new long[buckets ? tags.get(column).spec().buckets().size() : persons.size()];
            for (int person = 0; person < values.length; person++) {
                values[buckets ? person : at[person]] =
                        tags.get(column).values().applyAsLong(person);
            }
            var header = new CipherHeader(
                    CipherKind.PUBLIC_KEY,
                    SCHEME.params(),
                    new KeyEpoch(EPOCH),
                    new Alignment(1, order.hash()),
                    column,
                    buckets ? Encoding.BUCKETS : Encoding.TAGS,
                    values.length);
            byte[] content = new Encryptor(key)
                    .encrypt(header, values, seed(dataset + column), seed(dataset + column + "e0"))
                    .bytes();
            byte[] uploaded = SignedBody.of(content, sign(dataset, "tamis-ciphertext-v1\n", content))
                    .bytes();
            byte[] c1 = Ciphertext.read(SCHEME, content).c1Bytes();
            survivors.add(
                    SlotAudit.candidateHash(context.hash(), column, Coins.survivor(COIN, column, SlotPlan.FOLD), c1));
            try (var incoming = files.receive(uploaded)) {
                incoming.publish();
            }
            int slot = column;
            jdbi.useHandle(handle -> handle.createUpdate(
                            "insert into audience_ciphertext values (:round, :slot, :epoch, :hash, :hash, :event, now())")
                    .bind("round", round(dataset))
                    .bind("slot", slot)
                    .bind("epoch", EPOCH)
                    .bind("hash", Hash.sha256(uploaded).bytes())
                    .bind("event", UUID.randomUUID())
                    .execute());
        }
        var plan = SlotPlan.of(SCHEME.paramsId(), tags.stream().map(Tag::spec).toList(), 1, persons.size());
        rounds.put(snapshot.id(), new PassedRound(context, plan, COIN, survivors));
    }

    /** What this holder finds when it checks the ticket by its own facts: roster, policy, rounds, and a log that is empty. */
    TicketVerdict verdict(Catalog catalog, String holder, SignedTicket signed) {
        var facts = new HolderFacts(
                new PartyId(holder),
                roster,
                catalog.policy(),
                epoch -> epoch == EPOCH,
                (_, source) -> Optional.ofNullable(rounds.get(source.dataset())),
                OpeningBook.of(List.of(), 3));
        var masks = signed.ticket().segments().stream()
                .flatMap(segment -> segment.masks().stream())
                .toList();
        return new TicketCheck(SCHEME, facts, java.time.InstantSource.system())
                .check(
                        signed,
                        hash -> Optional.of(
                                signed.ticket().asked().resultKey().equals(Optional.of(hash))
                                        ? merchantKey(holder, signed)
                                        : get(holder, signed, masks.contains(hash) ? "masks" : "inputs", hash)));
    }

    private static String round(String dataset) {
        return "tr_" + new UUID(VERSION_7, Long.MIN_VALUE | (dataset.hashCode() & 0xffff_ffffL));
    }

    private static void insertRound(Handle tx, String dataset, TagOrder order, List<Tag> tags) {
        tx.execute("insert into audience_board values (?, now())", round(dataset));
        tx.createUpdate(
                        "insert into audience_round values (:round, :epoch, :dataset, 1, 1, :dataset, :order, :persons, 1, :slots,"
                                + " 1, 'PASSED', '', '', '', :event, now(), now())")
                .bind("round", round(dataset))
                .bind("epoch", EPOCH)
                .bind("dataset", dataset)
                .bind("order", order.hash().bytes())
                .bind("persons", order.persons())
                .bind("slots", tags.size())
                .bind("event", UUID.randomUUID())
                .execute();
        for (int place = 0; place < tags.size(); place++) {
            tx.execute(
                    "insert into audience_tag values (?, ?, ?, ?)",
                    round(dataset),
                    place,
                    tags.get(place).spec().name().value(),
                    tags.get(place).spec().json().canonical());
        }
    }

    /** A request of this holder. */
    static RequestSpecification as(String holder) {
        return TestApi.request().auth().oauth2(TestTokens.of(Role.KEY_HOLDER, holder));
    }

    /** What this holder is asked. */
    static List<SignedTicket> poll(String holder) {
        var json = (Json.Obj) Json.parse(as(holder)
                .get("/v1/decryption-tickets")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
        return ((Json.Arr) json.member("items").orElseThrow())
                .items().stream().map(SignedTicket::fromJson).toList();
    }

    /** The ticket of a job once it was issued to these holders, who all ask for it. */
    static SignedTicket asked(JobId job, String... holders) {
        var found = new ArrayList<SignedTicket>();
        await(() -> {
            for (String holder : holders) {
                poll(holder).stream()
                        .filter(ticket -> ticket.ticket().asked().job().equals(job))
                        .forEach(found::add);
            }
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    /** Computes the sums again from what the ticket names, as a holder does. */
    static List<Aggregate> recomputed(String holder, SignedTicket signed) {
        DecryptionTicket ticket = signed.ticket();
        if (ticket.kind() == QueryKind.BUCKETS) {
            int content = Ciphertext.length(SCHEME.params(), CipherKind.PUBLIC_KEY);
            return List.of(Aggregate.sum(
                    SCHEME,
                    ticket.sources().stream()
                            .map(source -> get(
                                    holder, signed, "inputs", source.inputs().getFirst()))
                            .map(uploaded -> Ciphertext.read(
                                    SCHEME, SignedBody.split(uploaded, content).content()))
                            .toList()));
        }
        var sums = new MaskSums(
                SCHEME, new FreshMaskForms(SCHEME), ticket.segments().size());
        int length = Ciphertext.length(SCHEME.params(), CipherKind.PUBLIC_KEY);
        for (int source = 0; source < ticket.sources().size(); source++) {
            int at = source;
            List<BitMask> masks = ticket.segments().stream()
                    .map(segment -> mask(holder, signed, segment.masks().get(at)))
                    .toList();
            List<Hash> inputs = ticket.sources().get(source).inputs();
            for (int block = 0; block < inputs.size(); block++) {
                byte[] uploaded = get(holder, signed, "inputs", inputs.get(block));
                sums.add(
                        Ciphertext.read(
                                SCHEME, SignedBody.split(uploaded, length).content()),
                        block,
                        masks);
            }
        }
        return sums.finish();
    }

    /** A mask, read through the interface. */
    static BitMask mask(String holder, SignedTicket signed, Hash hash) {
        byte[] file = get(holder, signed, "masks", hash);
        return BitMask.read(java.nio.ByteBuffer.wrap(file).getInt(), file);
    }

    private static byte[] get(String holder, SignedTicket signed, String kind, Hash hash) {
        byte[] octets = as(holder)
                .get("/v1/decryption-tickets/" + signed.ticket().id() + "/" + kind + "/" + hash.hex())
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertEquals(hash, Hash.sha256(octets));
        return octets;
    }

    private static byte[] merchantKey(String holder, SignedTicket signed) {
        byte[] octets = as(holder)
                .get("/v1/decryption-tickets/" + signed.ticket().id() + "/merchant-key")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertEquals(Optional.of(Hash.sha256(octets)), signed.ticket().asked().resultKey());
        return octets;
    }

    /** This holder's answer to a ticket with a result key, which it reads through the interface. */
    byte[] switched(String holder, SignedTicket signed, long noise) {
        return switched(holder, signed, noise, MerchantKey.read(SCHEME, merchantKey(holder, signed)));
    }

    /** The same to this key, whatever the ticket names. */
    byte[] switched(String holder, SignedTicket signed, long noise, MerchantKey merchant) {
        int index = roster.index(new PartyId(holder)).orElseThrow();
        var active = ActiveSet.of(signed.ticket().activeSet().stream()
                .map(party -> new HolderIndex(roster.index(party).orElseThrow()))
                .toList());
        var maker = new ShareMaker(shares.get(index - 1), bytes -> new java.security.SecureRandom().nextBytes(bytes));
        var made = recomputed(holder, signed).stream()
                .map(sum -> {
                    var bounds = NoiseBounds.ofMasked(SCHEME.params(), key.contributors(), sum.summed());
                    var request = new OpenRequest(active, Outputs.FIRST, bounds, ZeroShares.nothingToHide());
                    return maker.share(request, sum, new long[] {noise}, merchant);
                })
                .toList();
        var header = new ShareHeader(
                ShareKind.SWITCH,
                new KeyEpoch(signed.ticket().keyEpoch()),
                signed.hash(),
                new HolderIndex(index),
                active,
                made.size());
        return signedShare(holder, new SwitchFile(header, made).bytes(SCHEME));
    }

    /** This holder's answer, with this noise on every sum. */
    byte[] share(String holder, SignedTicket signed, long noise) {
        int index = roster.index(new PartyId(holder)).orElseThrow();
        var active = ActiveSet.of(signed.ticket().activeSet().stream()
                .map(party -> new HolderIndex(roster.index(party).orElseThrow()))
                .toList());
        var maker = new ShareMaker(shares.get(index - 1), bytes -> new java.security.SecureRandom().nextBytes(bytes));
        List<Share> made = recomputed(holder, signed).stream()
                .map(sum -> {
                    boolean counts = signed.ticket().kind() == QueryKind.BUCKETS;
                    var bounds = counts
                            ? NoiseBounds.ofPlain(SCHEME.params(), key.contributors(), sum.summed())
                            : NoiseBounds.ofMasked(SCHEME.params(), key.contributors(), sum.summed());
                    int outputs = signed.ticket().segments().getFirst().outputs();
                    long[] drawn =
                            LongStream.generate(() -> noise).limit(outputs).toArray();
                    return maker.share(
                            new OpenRequest(active, Outputs.first(outputs), bounds, ZeroShares.nothingToHide()),
                            sum,
                            drawn);
                })
                .toList();
        var header = new ShareHeader(
                new KeyEpoch(signed.ticket().keyEpoch()), signed.hash(), new HolderIndex(index), active, made.size());
        return signedShare(holder, new ShareFile(header, made).bytes(SCHEME));
    }

    /** A share file with this holder's signature. */
    static byte[] signedShare(String holder, byte[] content) {
        return SignedBody.of(content, sign(holder, "tamis-share-v1\n", content)).bytes();
    }

    static Response post(String holder, SignedTicket signed, byte[] share) {
        return as(holder)
                .contentType("application/octet-stream")
                .body(share)
                .post("/v1/decryption-tickets/" + signed.ticket().id() + "/shares");
    }

    /** This holder's refusal. */
    Response refuse(String holder, SignedTicket signed, HolderRefusal code) {
        var message = new Message(
                new MessageType("ticket-refusal"),
                roster.hash(),
                new MessageContext(signed.ticket().id().toString()),
                new PartyId(holder),
                Json.object()
                        .put("ticket", signed.hash().hex())
                        .put("code", code.name())
                        .build());
        return as(holder)
                .contentType("application/json")
                .body(new SignedMessage(message, sign(holder, message.signedBytes()))
                        .toJson()
                        .canonical())
                .post("/v1/decryption-tickets/" + signed.ticket().id() + "/refusals");
    }

    /** As if nobody had asked for a long time. */
    void nobodyWasSeen() {
        jdbi.useHandle(handle -> handle.execute("delete from audience_sighting"));
    }

    String stored(JobId job) {
        return jdbi.withHandle(handle -> handle.createQuery("select state from job where job_id = :id")
                .bind("id", job.value())
                .mapTo(String.class)
                .one());
    }

    int openings() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select openings_used from audience_key_epoch where key_epoch = :epoch")
                        .bind("epoch", EPOCH)
                        .mapTo(Integer.class)
                        .one());
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not come about");
            LockSupport.parkNanos(50_000_000);
        }
    }
}
