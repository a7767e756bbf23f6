package io.tamis.cli.audit;

import io.tamis.cli.client.JsonView;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.log.Checkpoint;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import io.tamis.log.Witnesses;
import java.util.List;
import java.util.OptionalLong;

/**
 * A result's receipt, held against the log's keys and its witnesses: that the entry it names is in a tree which they have
 * signed. What the entry says is not in a receipt, so {@code resultHash} is told for whoever can read the entry.
 *
 * @param eventId the entry's event, as the result names it
 * @param treeSize entries in the signed tree; empty when the receipt does not hold
 * @param resultHash what the entry's {@code resultHash} must be: the result without its receipt and remaining budget
 */
public record ReceiptCheck(String eventId, OptionalLong treeSize, Hash resultHash) {
    /** Checks the receipt of this result. */
    public static ReceiptCheck of(Json.Obj envelope, List<VerifierKey> keys, Witnesses witnesses) {
        var receipt = JsonView.of(envelope).at("receipt");
        return new ReceiptCheck(receipt.at("eventId").text(), treeSize(receipt, keys, witnesses), resultHash(envelope));
    }

    /** True when the receipt proves what it claims. */
    public boolean holds() {
        return treeSize.isPresent();
    }

    private static OptionalLong treeSize(JsonView receipt, List<VerifierKey> keys, Witnesses witnesses) {
        try {
            var proof = TlogProof.parse(receipt.at("tlogProof").text());
            boolean named =
                    proof.entry().id().toString().equals(receipt.at("eventId").text())
                            && receipt.at("index").integer().equals(OptionalLong.of(proof.index()));
            return named && proof.verifies(keys) && witnesses.metBy(proof.note())
                    ? Checkpoint.open(proof.note(), keys).stream()
                            .mapToLong(checkpoint -> checkpoint.head().size())
                            .findFirst()
                    : OptionalLong.empty();
        } catch (TamisException malformed) {
            return OptionalLong.empty();
        }
    }

    private static Hash resultHash(Json.Obj envelope) {
        Json.Obj released = envelope.without("receipt");
        return Hash.sha256((released.member("privacy").orElse(new Json.Null()) instanceof Json.Obj privacy
                        ? released.with("privacy", privacy.without("remaining"))
                        : released)
                .canonicalBytes());
    }
}
