package io.tamis.audience;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.HeParams;
import io.tamis.he.KeyEpoch;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.holder.Coins;
import io.tamis.holder.GroupId;
import io.tamis.holder.Message;
import io.tamis.holder.OpeningLimit;
import io.tamis.holder.PartyKey;
import io.tamis.holder.ProfileName;
import io.tamis.holder.Roster;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.ceremony.Board;
import io.tamis.holder.ceremony.CeremonyId;
import io.tamis.holder.ceremony.CeremonyTerms;
import io.tamis.holder.ceremony.Stage;
import io.tamis.holder.ceremony.Transcript;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Holders and platforms whose keys anybody can compute, and what they say on boards. Their messages are in order and well
 * formed; their candidates, seeds and shares are made up: a server does not look at those. NOT secret.
 */
public final class KeyGroup {
    /** The scheme of all tests' keys. */
    public static final Bfv SCHEME = Bfv.of(HeParams.AGG_8192);

    private final Roster roster;

    private KeyGroup(Roster roster) {
        this.roster = roster;
    }

    /** Three holders, of whom two open, and these platforms, sorted. */
    public static KeyGroup of(String name, String... platforms) {
        return new KeyGroup(roster(name, 1024, 40, platforms));
    }

    /** The same with another limit. */
    public static Roster roster(String name, int openingsMax, int lambda, String... platforms) {
        return new Roster(
                new GroupId(name),
                new ProfileName("AGG-8192"),
                2,
                List.of(member(name + "-h1"), member(name + "-h2"), member(name + "-h3")),
                Arrays.stream(platforms)
                        .map(party -> new Roster.Platform(new PartyId(party), publicKey(party)))
                        .toList(),
                publicKey("server"),
                List.of(new VerifierKey(
                        new Origin("tamis.test/log"), publicKey("ledger").bytes())),
                List.of(),
                new OpeningLimit(openingsMax, lambda));
    }

    /** The roster. */
    public Roster roster() {
        return roster;
    }

    /** The holder of this index, from 1. */
    public PartyId holder(int index) {
        return roster.holderParties().get(index - 1);
    }

    /** The message as this party signs it. */
    public static SignedMessage signed(Message message, String signer) {
        return new SignedMessage(message, sign(signer, message.signedBytes()));
    }

    /** This party's signature. */
    public static byte[] sign(String signer, byte[] content) {
        var signature = new byte[64];
        Ed25519.sign(seed(signer), 0, content, 0, content.length, signature, 0);
        return signature;
    }

    /** A request of this party in this role. */
    public static RequestSpecification as(Role role, String party) {
        return TestApi.request().auth().oauth2(TestTokens.of(role, party));
    }

    /** A request of the officer. */
    public static RequestSpecification officer() {
        return as(Role.COMPLIANCE_OFFICER, "authority");
    }

    /** Opens a ceremony. */
    public Response open() {
        return officer()
                .contentType("application/json")
                .body(roster.toJson().canonical())
                .post("/v1/key-ceremonies");
    }

    /** Goes through a whole ceremony, and gives the key's epoch. */
    public long made() {
        Response opened = open();
        String id = opened.then().statusCode(201).extract().path("id");
        var cast = new Cast(id, opened.path("keyEpoch"));
        for (var stage : Stage.values()) {
            cast.speak(stage);
        }
        return cast.terms.epoch().number();
    }

    /** Puts a key out of use, so that others can be made. */
    public static Response retire(long epoch, boolean compromised) {
        return officer()
                .contentType("application/json")
                .body("{\"reason\":\"the test is over\",\"compromised\":" + compromised + "}")
                .post("/v1/key-epochs/" + epoch + "/retirement");
    }

    /** One ceremony and what was said in it. */
    public final class Cast {
        private final CeremonyTerms terms;
        private final List<SignedMessage> said = new ArrayList<>();

        /** The ceremony of this id, whose key will have this number. */
        public Cast(String id, int epoch) {
            terms = new CeremonyTerms(CeremonyId.parse(id), new KeyEpoch(epoch), roster);
        }

        /** Its terms. */
        public CeremonyTerms terms() {
            return terms;
        }

        /** All holders say what they say in this step; each is taken. */
        public void speak(Stage stage) {
            var messages = new ArrayList<SignedMessage>();
            for (PartyId holder : roster.holderParties()) {
                messages.add(message(stage, holder));
                parts(stage, holder).forEach(part -> put(holder, part).then().statusCode(201));
                post(holder, messages.getLast()).then().statusCode(201);
            }
            said.addAll(messages);
        }

        /** What a holder says in a step whose predecessors are complete. */
        public SignedMessage message(Stage stage, PartyId holder) {
            return message(stage, holder, body(stage, holder));
        }

        /** Another body of the same step. */
        public SignedMessage message(Stage stage, PartyId holder, Json.Obj body) {
            return signed(new Message(stage.type(), roster.hash(), terms.context(), holder, body), holder.value());
        }

        /** Posts as this holder. */
        public Response post(PartyId holder, SignedMessage message) {
            return as(Role.KEY_HOLDER, holder.value())
                    .contentType("application/json")
                    .body(message.toJson().canonical())
                    .post(path() + "/messages");
        }

        /** Puts a blob as this holder. */
        public Response put(PartyId holder, byte[] part) {
            return as(Role.KEY_HOLDER, holder.value())
                    .contentType("application/octet-stream")
                    .body(part)
                    .put(path() + "/blobs/" + Hash.sha256(part).hex());
        }

        /** The ceremony as the officer reads it. */
        public Response show() {
            return officer().get(path());
        }

        /** Its address. */
        public String path() {
            return "/v1/key-ceremonies/" + terms.id();
        }

        /** The body of a step. */
        public Json.Obj body(Stage stage, PartyId holder) {
            var body = Json.object().put("seen", seen(stage).hex());
            switch (stage) {
                case COMMIT -> body.put("commitment", commitment("nonce", Stage.COMMIT, holder));
                case REVEAL -> body.put("nonce", drawn("nonce", holder).hex());
                case CANDIDATES ->
                    body.put("root", drawn("root", holder).hex()).put("coin", commitment("r", stage, holder));
                case COINS -> body.put("coin", drawn("r", holder).hex());
                case OPENINGS -> {
                    var parts = parts(stage, holder);
                    body.put("seeds", Hash.sha256(parts.get(0)).hex())
                            .put("key", Hash.sha256(parts.get(1)).hex());
                }
                case VERDICTS -> {}
                case SHARES -> body.put("sealed", Json.array(sealed(holder)));
                case SUBSETS -> body.put("partials", Json.array(partials(holder)));
                case DONE -> body.put("key", key().hash().hex());
            }
            return body.build();
        }

        /** The key that these candidates give. */
        public CollectiveKey key() {
            try (var common = Seed.of(seen(Stage.CANDIDATES).bytes())) {
                return CollectiveKey.of(
                        SCHEME,
                        common,
                        roster.holderParties().stream().map(this::candidate).toList());
            }
        }

        /** The large parts of a step. */
        public List<byte[]> parts(Stage stage, PartyId holder) {
            return switch (stage) {
                case OPENINGS -> List.of(text("seeds", holder), candidate(holder));
                case SHARES ->
                    others(holder).map(to -> text("share to " + to, holder)).toList();
                case SUBSETS ->
                    others(holder).map(to -> text("partial with " + to, holder)).toList();
                default -> List.of();
            };
        }

        private Hash seen(Stage stage) {
            return Transcript.read(terms, Board.of(said)).seen(stage).orElseThrow();
        }

        private String commitment(String purpose, Stage stage, PartyId holder) {
            var index = new HolderIndex(roster.index(holder).orElseThrow());
            return Coins.commitment(purpose, seen(stage), index, drawn(purpose, holder))
                    .hex();
        }

        /** A polynomial with one coefficient that is not zero. */
        private byte[] candidate(PartyId holder) {
            var packed = new byte[SCHEME.params().polynomialBytes()];
            packed[0] = (byte) roster.index(holder).orElseThrow();
            return packed;
        }

        private List<Json.Obj> sealed(PartyId holder) {
            return others(holder)
                    .map(to -> Json.object()
                            .put("to", to.value())
                            .put(
                                    "blob",
                                    Hash.sha256(text("share to " + to, holder)).hex())
                            .build())
                    .toList();
        }

        /** Two of three: the sets of a holder are it and one other, in the order of the others. */
        private List<Json.Obj> partials(PartyId holder) {
            long mine = roster.index(holder).orElseThrow();
            return others(holder)
                    .map(to -> {
                        long other = roster.index(to).orElseThrow();
                        return Json.object()
                                .put(
                                        "set",
                                        Json.array(List.of(
                                                Json.of(Math.min(mine, other)), Json.of(Math.max(mine, other)))))
                                .put(
                                        "blob",
                                        Hash.sha256(text("partial with " + to, holder))
                                                .hex())
                                .build();
                    })
                    .toList();
        }

        private java.util.stream.Stream<PartyId> others(PartyId holder) {
            return roster.holderParties().stream().filter(party -> !party.equals(holder));
        }

        private byte[] text(String what, PartyId holder) {
            return (what + " of " + holder + " in " + terms.id()).getBytes(UTF_8);
        }

        private Hash drawn(String what, PartyId holder) {
            return Hash.sha256(text(what, holder));
        }
    }

    private static Roster.Holder member(String party) {
        return new Roster.Holder(new PartyId(party), publicKey(party), publicKey(party + " seals"));
    }

    private static PartyKey publicKey(String name) {
        var key = new byte[32];
        Ed25519.generatePublicKey(seed(name), 0, key, 0);
        return PartyKey.of(key);
    }

    private static byte[] seed(String name) {
        return Hash.sha256(("not secret: " + name).getBytes(UTF_8)).bytes();
    }
}
