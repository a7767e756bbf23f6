package io.tamis.holder.ceremony;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.holder.Roster;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The body of a ceremony's message, without {@code seen}: the hash of all that was said in the steps before. */
sealed interface Statement {
    /** {@code {commitment}}: SHA-256 of Tuple("nonce", T0, index, nonce). */
    record Commit(Hash commitment) implements Statement {}

    /** {@code {nonce}}: 32 bytes. */
    record Reveal(Hash nonce) implements Statement {}

    /** {@code {root, coin}}: the root over the candidates, SHA-256 of Tuple("r", T2, index, coin). */
    record Candidates(Hash root, Hash coin) implements Statement {}

    /** {@code {coin}}: 32 bytes. */
    record Coin(Hash coin) implements Statement {}

    /** {@code {seeds, key}}: blobs of the opened candidates' seeds, ascending, and of the chosen candidate. */
    record Opening(Hash seeds, Hash key) implements Statement {}

    /** {@code {}} when all openings are right, {@code {accused}} when one is not. */
    record Verdict(Optional<PartyId> accused) implements Statement {}

    /** {@code {sealed: [{to, blob}]}}: for every other holder, ascending. */
    record Shares(List<Sealed> shares) implements Statement {
        public Shares {
            shares = List.copyOf(shares);
        }
    }

    /** A share sealed to this holder. */
    record Sealed(PartyId to, Hash blob) {}

    /** {@code {partials: [{set, blob}]}}: for every subset with the holder in it, in the order of {@link Subsets}. */
    record Partials(List<Partial> partials) implements Statement {
        public Partials {
            partials = List.copyOf(partials);
        }
    }

    /** What a holder adds to the opening by this subset. */
    record Partial(ActiveSet set, Hash blob) {}

    /** {@code {unreadable: [party]}}: whose shares did not open. */
    record Unreadable(List<PartyId> from) implements Statement {
        public Unreadable {
            from = List.copyOf(from);
        }
    }

    /** {@code {key}}: {@link io.tamis.he.CollectiveKey#hash()}. */
    record Done(Hash key) implements Statement {}

    /** {@code {secret}}: the holder's secret of this ceremony, worthless now. */
    record Disclosed(Hash secret) implements Statement {}

    /** The body of a message that says this. */
    default Json.Obj body(Hash seen) {
        var body = Json.object().put("seen", seen.hex());
        switch (this) {
            case Commit(var commitment) -> body.put("commitment", commitment.hex());
            case Reveal(var nonce) -> body.put("nonce", nonce.hex());
            case Candidates(var root, var coin) -> body.put("root", root.hex()).put("coin", coin.hex());
            case Coin(var coin) -> body.put("coin", coin.hex());
            case Opening(var seeds, var key) -> body.put("seeds", seeds.hex()).put("key", key.hex());
            case Verdict(var accused) -> body.putIfPresent("accused", accused.map(PartyId::value));
            case Shares(var sealed) ->
                body.put(
                        "sealed",
                        Json.array(sealed.stream()
                                .map(one -> Json.object()
                                        .put("to", one.to().value())
                                        .put("blob", one.blob().hex())
                                        .build())
                                .toList()));
            case Partials(var partials) ->
                body.put(
                        "partials",
                        Json.array(partials.stream().map(Statement::json).toList()));
            case Unreadable(var from) ->
                body.put(
                        "unreadable",
                        Json.strings(from.stream().map(PartyId::value).toList()));
            case Done(var key) -> body.put("key", key.hex());
            case Disclosed(var secret) -> body.put("secret", secret.hex());
        }
        return body.build();
    }

    /** Reads what stands beside {@code seen}; {@link DataException} when it is not of this step's form. */
    static Statement read(Stage stage, JsonFields body) {
        return switch (stage) {
            case COMMIT -> new Commit(hash(body, "commitment"));
            case REVEAL -> new Reveal(hash(body, "nonce"));
            case CANDIDATES -> new Candidates(hash(body, "root"), hash(body, "coin"));
            case COINS -> new Coin(hash(body, "coin"));
            case OPENINGS -> new Opening(hash(body, "seeds"), hash(body, "key"));
            case VERDICTS ->
                new Verdict(body.optionalString("accused", Fields.PARTY_MAX).map(PartyId::new));
            case SHARES -> new Shares(body.list("sealed", Roster.HOLDERS_MAX, Statement::readSealed));
            case SUBSETS -> {
                var unreadable = body.optionalList("unreadable", Roster.HOLDERS_MAX, Statement::party);
                yield unreadable.isEmpty()
                        ? new Partials(body.list("partials", Subsets.COUNT_MAX, Statement::readPartial))
                        : new Unreadable(unreadable);
            }
            case DONE -> {
                var key = body.optionalString("key", Fields.HASH_TEXT).map(Hash::parse);
                yield key.isPresent() ? new Done(key.get()) : new Disclosed(hash(body, "secret"));
            }
        };
    }

    private static Json json(Partial partial) {
        return Json.object()
                .put(
                        "set",
                        Json.array(partial.set().members().stream()
                                .map(member -> Json.of(member.number()))
                                .toList()))
                .put("blob", partial.blob().hex())
                .build();
    }

    private static Sealed readSealed(Json json) {
        var fields = new JsonFields(json);
        var sealed = new Sealed(new PartyId(fields.string("to", Fields.PARTY_MAX)), hash(fields, "blob"));
        fields.end();
        return sealed;
    }

    private static Partial readPartial(Json json) {
        var fields = new JsonFields(json);
        var members = fields.list("set", Roster.HOLDERS_MAX, Statement::index);
        var blob = hash(fields, "blob");
        fields.end();
        if (new HashSet<>(members).size() != members.size()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new Partial(ActiveSet.of(new ArrayList<>(members)), blob);
    }

    private static HolderIndex index(Json json) {
        if (!(json instanceof Json.Int number) || number.value() < 1 || number.value() > Roster.HOLDERS_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new HolderIndex((int) number.value());
    }

    private static PartyId party(Json json) {
        return new PartyId(JsonFields.text(json, Fields.PARTY_MAX));
    }

    private static Hash hash(JsonFields fields, String name) {
        return Hash.parse(fields.string(name, Fields.HASH_TEXT));
    }
}
