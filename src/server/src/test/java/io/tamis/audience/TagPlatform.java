package io.tamis.audience;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.response.Response;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Clamp;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.he.Alignment;
import io.tamis.he.CipherHeader;
import io.tamis.he.CipherKind;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.KeyEpoch;
import io.tamis.he.SignedBody;
import io.tamis.he.SlotCandidates;
import io.tamis.he.Tuple;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.holder.Coins;
import io.tamis.holder.Message;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.PlatformSlots;
import io.tamis.holder.slots.RoundStep;
import io.tamis.holder.slots.SlotContext;
import io.tamis.holder.slots.SlotPlan;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A platform with one tag in one round, the holders who audit it, and all they say. NOT secret: everything is derived. */
public final class TagPlatform {
    private static final Clamp CLAMP = new Clamp(0, 10);

    private final KeyGroup group;
    private final String party;
    private final SlotContext context;
    private final SlotPlan plan;
    private final Hash orderHash;
    private final int persons;
    private final CollectiveKey key;
    private final PlatformSlots slots;
    private final TreeMap<PartyId, SignedMessage> coins = new TreeMap<>();

    private TagPlatform(KeyGroup group, String party, int version, long epoch, int attempt) {
        this.group = group;
        this.party = party;
        Response order = order(party, version);
        order.then().statusCode(200);
        orderHash = Hash.parse(order.path("orderHash"));
        persons = order.path("persons");
        context = new SlotContext(
                group.roster().hash(), new KeyEpoch(epoch), new DatasetId(party), version, new PartyId(party), attempt);
        int n = KeyGroup.SCHEME.params().n();
        plan = new SlotPlan(KeyGroup.SCHEME.paramsId(), SlotPlan.FOLD, List.of(spec("tag")), Math.ceilDiv(persons, n));
        key = CollectiveKey.read(
                KeyGroup.SCHEME,
                KeyGroup.as(Role.PLATFORM, party)
                        .get("/v1/key-epochs/" + epoch + "/public-key")
                        .asByteArray());
        slots = new PlatformSlots(
                context,
                plan,
                new SlotCandidates(key),
                SecretBytes.copyOf(
                        Hash.sha256((party + attempt).getBytes(UTF_8)).bytes()));
    }

    /** The platform of this dataset, which has its name, before its round of this attempt. */
    public static TagPlatform of(KeyGroup group, String party, int version, long epoch, int attempt) {
        return new TagPlatform(group, party, version, epoch, attempt);
    }

    /** Loads so many persons as a version. */
    public static void load(String party, int version, int persons) {
        String csv = IntStream.range(0, persons)
                .mapToObj(person -> (13_800_000_000L + person) + "," + (person % 2 == 0 ? "alpha" : "beta"))
                .collect(Collectors.joining("\n", "person,arm\n", "\n"));
        TestApi.upload(TestTokens.of(Role.PLATFORM, party), party, version, csv)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
    }

    /** Asks for the order of a version of this dataset. */
    public static Response order(String party, int version) {
        return KeyGroup.as(Role.PLATFORM, party).get("/v1/tags/" + party + "/" + version + "/order");
    }

    /** A tag of the column's value. */
    public static TagSpec spec(String column) {
        return spec(column, CLAMP);
    }

    /** The same, clipped to other bounds. */
    public static TagSpec spec(String column, Clamp clamp) {
        return new TagSpec(new TagName(column), new ColumnName(column), new TagBounds(0, clamp), OptionalLong.empty());
    }

    /** The round's context. */
    public SlotContext context() {
        return context;
    }

    /** What is asked for. */
    public SlotPlan plan() {
        return plan;
    }

    /** The order's hash as the server told it. */
    public Hash orderHash() {
        return orderHash;
    }

    /** Where the tags of the version are. */
    public String place() {
        return "/v1/tags/" + party + "/" + context.version();
    }

    /** Where the round is. */
    public String round() {
        return place() + "/rounds/" + context.attempt();
    }

    /** The query that names the key epoch. */
    public String underEpoch() {
        return "?epoch=" + context.keyEpoch().number();
    }

    /** The roots of all slots. */
    public byte[] roots() {
        var out = new ByteArrayOutputStream();
        IntStream.range(0, plan.slots())
                .forEach(slot -> out.writeBytes(slots.root(slot).bytes()));
        return out.toByteArray();
    }

    /** The plan's body. */
    public Json.Obj planBody() {
        return Json.object()
                .put("params", plan.paramsId().hex())
                .put("fold", plan.fold())
                .put("tags", Json.array(plan.tags().stream().map(TagSpec::json).toList()))
                .put("blocks", plan.blocks())
                .put("roots", Hash.sha256(roots()).hex())
                .build();
    }

    /** The platform's message of this step. */
    public SignedMessage said(RoundStep step, Json.Obj body) {
        return KeyGroup.signed(
                new Message(step.type(), context.roster(), context.messages(), context.platform(), body), party);
    }

    /** The plan, signed. */
    public SignedMessage planMessage() {
        return said(RoundStep.PLAN, planBody());
    }

    /** Opens the round with this plan. */
    public Response open(SignedMessage signed) {
        return KeyGroup.as(Role.PLATFORM, party)
                .contentType("application/json")
                .body(signed.toJson().canonical())
                .post(place() + "/rounds");
    }

    /** Puts a blob on the round's board. */
    public Response put(byte[] blob) {
        return KeyGroup.as(Role.PLATFORM, party)
                .contentType("application/octet-stream")
                .body(blob)
                .put(round() + "/blobs/" + Hash.sha256(blob).hex() + underEpoch());
    }

    /** What a holder says in a step. */
    public SignedMessage said(RoundStep step, PartyId holder, Json.Obj body) {
        return KeyGroup.signed(
                new Message(step.type(), context.roster(), context.messages(), holder, body), holder.value());
    }

    /** A holder's coin. */
    public SignedMessage coin(PartyId holder) {
        var index = new HolderIndex(group.roster().index(holder).orElseThrow());
        var message = said(
                RoundStep.COINS,
                holder,
                Json.object()
                        .put("plan", planHash().hex())
                        .put(
                                "coin",
                                Coins.commitment("r", planHash(), index, drawn(holder))
                                        .hex())
                        .build());
        coins.put(holder, message);
        return message;
    }

    /** A holder's reveal, after the coins. */
    public SignedMessage reveal(PartyId holder) {
        var tuple = Tuple.of("coins").hash(planHash());
        coins.values().forEach(coin -> tuple.hash(coin.hash()));
        return said(
                RoundStep.REVEALS,
                holder,
                Json.object()
                        .put("plan", planHash().hex())
                        .put("coins", tuple.sha256().hex())
                        .put("coin", drawn(holder).hex())
                        .build());
    }

    /** The coin of all together. */
    public Hash together() {
        return Coins.together(
                planHash(), coins.keySet().stream().map(this::drawn).toList());
    }

    /** The openings of all slots, which are fewer than one chunk has. */
    public byte[] openings() {
        var out = new ByteArrayOutputStream();
        IntStream.range(0, plan.slots()).forEach(slot -> out.writeBytes(slots.opening(slot, together())));
        return out.toByteArray();
    }

    /** The opening of these bytes. */
    public SignedMessage opening(byte[] openings) {
        return said(
                RoundStep.OPENING,
                Json.object()
                        .put("plan", planHash().hex())
                        .put("coin", together().hex())
                        .put(
                                "openings",
                                Json.strings(List.of(Hash.sha256(openings).hex())))
                        .build());
    }

    /** A verdict about an opening: passed, or this slot accused. */
    public SignedMessage verdict(PartyId holder, SignedMessage opening, OptionalLong slot) {
        var body = Json.object()
                .put("plan", planHash().hex())
                .put("opening", opening.hash().hex());
        slot.ifPresent(number -> body.put("slot", number));
        return said(RoundStep.VERDICTS, holder, body.build());
    }

    /** Posts as a holder. */
    public Response post(PartyId holder, SignedMessage message) {
        return KeyGroup.as(Role.KEY_HOLDER, holder.value())
                .contentType("application/json")
                .body(message.toJson().canonical())
                .post(round() + "/messages" + underEpoch());
    }

    /** Posts the opening. */
    public Response post(SignedMessage opening) {
        return KeyGroup.as(Role.PLATFORM, party)
                .contentType("application/json")
                .body(opening.toJson().canonical())
                .post(round() + "/openings" + underEpoch());
    }

    /** Goes to the open opening: plan, roots, all coins. */
    public void tossed() {
        open(planMessage()).then().statusCode(201);
        put(roots()).then().statusCode(201);
        group.roster()
                .holderParties()
                .forEach(holder -> post(holder, coin(holder)).then().statusCode(201));
        group.roster()
                .holderParties()
                .forEach(holder -> post(holder, reveal(holder)).then().statusCode(201));
    }

    /** Goes through a round in which two of three pass it. */
    public SignedMessage passed() {
        tossed();
        byte[] openings = openings();
        put(openings).then().statusCode(201);
        var opening = opening(openings);
        post(opening).then().statusCode(201);
        for (int i = 1; i <= 2; i++) {
            post(group.holder(i), verdict(group.holder(i), opening, OptionalLong.empty()))
                    .then()
                    .statusCode(201);
        }
        return opening;
    }

    /** The header of a slot. */
    public CipherHeader header(int slot) {
        int n = KeyGroup.SCHEME.params().n();
        return new CipherHeader(
                CipherKind.PUBLIC_KEY,
                KeyGroup.SCHEME.params(),
                context.keyEpoch(),
                new Alignment(context.version(), orderHash),
                slot,
                Encoding.TAGS,
                Math.min(n, persons - slot % plan.blocks() * n));
    }

    /** The ciphertext of a slot, whose values begin with this one, under this header. */
    public byte[] encrypted(int slot, CipherHeader header, long first) {
        long[] values = LongStream.range(0, header.count())
                .map(i -> i == 0 ? first : i % 7)
                .toArray();
        try (var survivor = slots.survivorSeed(slot, together());
                var noise = slots.noiseSeed(
                        slot, Hash.sha256(Arrays.toString(values).getBytes(UTF_8)))) {
            return new Encryptor(key).encrypt(header, values, survivor, noise).bytes();
        }
    }

    /** The upload of a slot. */
    public byte[] upload(int slot) {
        return signed(encrypted(slot, header(slot), 1));
    }

    /** Content with the platform's signature behind it. */
    public byte[] signed(byte[] content) {
        return signed(content, party);
    }

    /** Content with somebody's signature behind it. */
    public static byte[] signed(byte[] content, String signer) {
        byte[] domain = "tamis-ciphertext-v1\n".getBytes(US_ASCII);
        byte[] message = Arrays.copyOf(domain, domain.length + content.length);
        System.arraycopy(content, 0, message, domain.length, content.length);
        return SignedBody.of(content, KeyGroup.sign(signer, message)).bytes();
    }

    /** Uploads into a slot. */
    public Response upload(int slot, byte[] bytes) {
        return KeyGroup.as(Role.PLATFORM, party)
                .contentType("application/octet-stream")
                .body(bytes)
                .post(place() + "/ciphertexts" + underEpoch() + "&slot=" + slot);
    }

    /** The round as its platform reads it. */
    public Response show() {
        return KeyGroup.as(Role.PLATFORM, party).get(round() + underEpoch());
    }

    private Hash planHash() {
        return planMessage().hash();
    }

    private Hash drawn(PartyId holder) {
        return Hash.sha256((holder + " tosses in " + context.messages()).getBytes(UTF_8));
    }
}
