package io.tamis.cli.tags;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.FakeService;
import io.tamis.cli.client.ServiceUrl;
import io.tamis.cli.client.TestShell;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.SystemRandom;
import io.tamis.crypto.TagOrder;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.HeParams;
import io.tamis.he.KeyEpoch;
import io.tamis.he.SlotCandidates;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.KeyCandidates;
import io.tamis.holder.GroupId;
import io.tamis.holder.Message;
import io.tamis.holder.MessageContext;
import io.tamis.holder.MessageType;
import io.tamis.holder.OpeningLimit;
import io.tamis.holder.PartyKey;
import io.tamis.holder.ProfileName;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.slots.HolderRound;
import io.tamis.holder.slots.Round;
import io.tamis.holder.slots.RoundAct;
import io.tamis.holder.slots.RoundBoard;
import io.tamis.holder.slots.RoundStanding;
import io.tamis.holder.slots.SlotContext;
import io.tamis.log.VerifierKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * The board of one version's rounds with its key holders, in one process: what the packaged service and agents do over HTTP,
 * by core's own state machines. NOT secret: keys from seeds.
 */
final class TagService implements AutoCloseable {
    static final TagTarget TARGET = new TagTarget(new DatasetId("shop-users"), 1);
    static final PartyId SHOP = new PartyId("shop");
    static final List<PartyId> HOLDERS = List.of(new PartyId("k-1"), new PartyId("k-2"), new PartyId("k-3"));

    /** The example of C2SP signed-note: a key of nobody here. */
    private static final VerifierKey LEDGER =
            VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");

    static final String DECLARATION = """
                {"id":"shop-users","owner":"shop",
                 "unit":{"column":"phone","semantic":"CN_MOBILE","groupsMax":1,"rowsMax":1},
                 "columns":[
                  {"name":"phone","type":"string","scale":0,"uses":["JOIN_ONLY"]},
                  {"name":"friends","type":"integer","scale":0,"uses":["ENCRYPTED_ONLY"],"clamp":{"min":0,"max":500}},
                  {"name":"spend_90d_cny","type":"decimal","scale":2,"uses":["AGGREGATE_ONLY"],"clamp":{"min":0,"max":300000}},
                  {"name":"city","type":"string","scale":0,"uses":["GROUP_KEY"]},
                  {"name":"free","type":"integer","scale":0,"uses":["ENCRYPTED_ONLY"]}]}""";

    private static final String BASE = "/v1/tags/shop-users/1";

    final Bfv scheme = Bfv.of(HeParams.AGG_8192);
    final KeyCandidates contributions = new KeyCandidates(scheme, seed(1));
    final CollectiveKey key = CollectiveKey.of(
            scheme, seed(1), List.of(contributions.b(seed(11)), contributions.b(seed(12)), contributions.b(seed(13))));
    final SecretBytes orderKey = SecretBytes.copyOf(new byte[TagOrder.KEY_BYTES]);
    final KeyProvider platform;
    final Roster roster;
    final Map<Integer, byte[]> ciphertexts = new TreeMap<>();
    final Set<PartyId> asleep = new HashSet<>();
    int busy;
    int salt;
    boolean keySignedByAll = true;

    /** What the service says that shop-users is. */
    String declaration = DECLARATION;

    Optional<Hash> order = Optional.empty();
    int persons;

    private final HttpServer server;
    private final Path folder;
    private final Map<PartyId, KeyProvider> holders = new HashMap<>();
    private final Map<PartyId, List<SignedMessage>> own = new HashMap<>();
    private final Map<Hash, byte[]> blobs = new HashMap<>();
    private List<SignedMessage> board = new ArrayList<>();
    private int voided;

    TagService(Path folder) throws IOException {
        this.folder = folder;
        this.platform = keys("shop.keys", KeySet.PLATFORM);
        for (PartyId holder : HOLDERS) {
            holders.put(holder, keys(holder + ".keys", KeySet.HOLDER));
            own.put(holder, new ArrayList<>());
        }
        this.roster = new Roster(
                new GroupId("test"),
                new ProfileName("AGG-8192"),
                2,
                HOLDERS.stream()
                        .map(party -> new Roster.Holder(
                                party,
                                publicKey(holders.get(party), KeyName.HOLDER_SIGNING),
                                publicKey(holders.get(party), KeyName.HOLDER_SEALING)))
                        .toList(),
                List.of(new Roster.Platform(SHOP, publicKey(platform, KeyName.PLATFORM_SIGNING))),
                PartyKey.of(Hash.sha256(new byte[] {9}).bytes()),
                List.of(LEDGER),
                List.of(),
                new OpeningLimit(1_024, 40));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private KeyProvider keys(String file, KeySet set) {
        try (var password = SecretBytes.copyOf("a password for a test".getBytes(UTF_8))) {
            return BcfksKeyProvider.create(folder.resolve(file), password, false, new SystemRandom(), set);
        }
    }

    private static PartyKey publicKey(KeyProvider keys, KeyName name) {
        return PartyKey.of(keys.publicKey(name));
    }

    static Seed seed(int number) {
        return Seed.of(Hash.sha256(new byte[] {(byte) number}).bytes());
    }

    ApiClient client() {
        return ApiClient.of(ServiceUrl.parse(
                        "http://127.0.0.1:" + server.getAddress().getPort()))
                .as(new BearerToken(TestShell.TOKEN));
    }

    SlotContext context() {
        return new SlotContext(roster.hash(), new KeyEpoch(1), TARGET.dataset(), TARGET.version(), SHOP, voided + 1);
    }

    /** Makes the round void, as after a day of silence, and begins the next attempt's board. */
    void voidRound() {
        voided++;
        board = new ArrayList<>();
        own.values().forEach(List::clear);
    }

    /** What a malicious server with two holders' help shows: the plan alone, so that they toss again, other coins. */
    void tossAgain() {
        board = new ArrayList<>(board.subList(0, 1));
        own.values().forEach(List::clear);
        salt++;
    }

    private RoundStanding standing() {
        return Round.read(roster, context(), RoundBoard.of(board)).standing();
    }

    private void holdersAct() {
        boolean spoke = !board.isEmpty();
        while (spoke) {
            spoke = false;
            for (PartyId party : HOLDERS) {
                if (asleep.contains(party)) {
                    continue;
                }
                var secret = SecretBytes.copyOf(Hash.sha256(party.value().getBytes(UTF_8), new byte[] {(byte) salt})
                        .bytes());
                var act = new HolderRound(roster, context(), party, holders.get(party), secret, new SlotCandidates(key))
                        .next(
                                scheme.paramsId(),
                                RoundBoard.of(board),
                                hash -> Optional.ofNullable(blobs.get(hash)),
                                own.get(party));
                if (act instanceof RoundAct.Post(SignedMessage message) && !board.contains(message)) {
                    own.get(party).add(message);
                    board.add(message);
                    spoke = true;
                }
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer;
            int status = 200;
            try {
                answer = route(exchange.getRequestMethod() + " " + path, query, body);
            } catch (Refusal refused) {
                status = refused.status;
                answer = FakeService.problem(refused.getMessage(), refused.status)
                        .getBytes(UTF_8);
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refusal(String code, int status) {
            super(code);
            this.status = status;
        }
    }

    private byte[] route(String asked, String query, byte[] body) {
        return switch (asked) {
            case "GET /v1/datasets/shop-users" -> json(dataset());
            case "GET /v1/key-epochs" ->
                json(Json.object()
                        .put("items", Json.array(List.of(epoch().build())))
                        .build());
            case "GET /v1/key-epochs/1" ->
                json(epoch().put("statements", Json.array(statements())).build());
            case "GET /v1/key-epochs/1/public-key" -> key.bytes();
            case "GET " + BASE + "/order" -> json(order());
            case "GET " + BASE + "/rounds" ->
                json(Json.object().put("items", Json.array(rounds())).build());
            case "POST " + BASE + "/rounds" -> {
                post(body);
                yield json(round().build());
            }
            case "POST " + BASE + "/ciphertexts" -> {
                if (busy > 0) {
                    busy--;
                    throw new Refusal("RATE_LIMITED", 429);
                }
                ciphertexts.put(Integer.parseInt(query.replaceAll(".*slot=([0-9]+).*", "$1")), body);
                yield json(Json.object().build());
            }
            case "GET " + BASE + "/ciphertexts" ->
                json(Json.object()
                        .put(
                                "items",
                                Json.array(ciphertexts.keySet().stream()
                                        .map(slot ->
                                                Json.object().put("slot", slot).build())
                                        .toList()))
                        .build());
            default -> ofRound(asked, body);
        };
    }

    private byte[] ofRound(String asked, byte[] body) {
        String round = BASE + "/rounds/" + (voided + 1);
        for (int attempt = 1; attempt <= voided; attempt++) {
            if (asked.equals("GET " + BASE + "/rounds/" + attempt)) {
                return json(
                        Json.object().put("try", attempt).put("state", "VOID").build());
            }
        }
        if (asked.equals("GET " + round)) {
            holdersAct();
            return json(round().build());
        }
        if (asked.equals("POST " + round + "/openings")) {
            post(body);
            return json(Json.object().build());
        }
        if (asked.startsWith("PUT " + round + "/blobs/")) {
            blobs.put(Hash.sha256(body), body);
            return json(Json.object().build());
        }
        if (asked.startsWith("GET " + round + "/messages/")) {
            return board.stream()
                    .filter(message -> asked.endsWith(message.hash().hex()))
                    .findFirst()
                    .map(message -> json(message.toJson()))
                    .orElseThrow(() -> new Refusal("NOT_FOUND", 404));
        }
        throw new Refusal("NOT_FOUND", 404);
    }

    private void post(byte[] body) {
        SignedMessage message = SignedMessage.parse(body);
        if (!board.contains(message)) {
            if (!Round.read(roster, context(), RoundBoard.of(board)).takes(message)) {
                throw new Refusal("INVALID_REQUEST", 400);
            }
            board.add(message);
        }
    }

    private List<Json> rounds() {
        var items = new ArrayList<Json>();
        for (int attempt = 1; attempt <= voided; attempt++) {
            items.add(Json.object().put("try", attempt).put("state", "VOID").build());
        }
        if (!board.isEmpty()) {
            items.add(round().build());
        }
        return items;
    }

    private Json.Builder round() {
        var json = Json.object()
                .put("try", voided + 1)
                .put("closed", Json.array(List.of()))
                .put("refuted", Json.array(List.of()))
                .put(
                        "messages",
                        Json.array(board.stream()
                                .map(message -> Json.object()
                                        .put("type", message.message().type().value())
                                        .put("from", message.message().from().value())
                                        .put("hash", message.hash().hex())
                                        .build())
                                .toList()));
        return switch (standing()) {
            case RoundStanding.Open open ->
                json.put("state", open.step().name())
                        .put(
                                "missing",
                                Json.strings(open.missing().stream()
                                        .map(PartyId::value)
                                        .toList()));
            case RoundStanding.Passed ignored -> json.put("state", "PASSED");
            case RoundStanding.Failed ignored -> json.put("state", "FAILED");
            case RoundStanding.Disputed ignored -> json.put("state", "VERDICTS");
            case RoundStanding.Voided ignored -> json.put("state", "VOID");
        };
    }

    private Json.Builder epoch() {
        return Json.object()
                .put("keyEpoch", 1)
                .put("state", "ACTIVE")
                .put("rosterHash", roster.hash().hex());
    }

    private List<Json> statements() {
        return HOLDERS.stream()
                .skip(keySignedByAll ? 0 : 1)
                .map(party -> (Json) new Message(
                                new MessageType("ceremony.done"),
                                roster.hash(),
                                new MessageContext("kc_test"),
                                party,
                                Json.object()
                                        .put("seen", Hash.sha256().hex())
                                        .put("key", key.hash().hex())
                                        .build())
                        .signed(holders.get(party), KeyName.HOLDER_SIGNING)
                        .toJson())
                .toList();
    }

    private Json.Obj order() {
        return Json.object()
                .put("orderKey", Base64.getEncoder().encodeToString(orderKey.reveal()))
                .put("orderHash", order.orElseThrow().hex())
                .put("persons", persons)
                .build();
    }

    private Json.Obj dataset() {
        return (Json.Obj) Json.parse(declaration);
    }

    private static byte[] json(Json json) {
        return json.canonicalBytes();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
