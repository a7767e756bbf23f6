package io.tamis.cli.audit;

import io.tamis.cli.audit.DisclosureCheck.Step;
import io.tamis.cli.audit.DisclosureFile.Opened;
import io.tamis.cli.client.JsonView;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.log.Checkpoint;
import io.tamis.log.LogEntry;
import io.tamis.log.TlogProof;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A receipt, held against the log's keys, its witnesses and a chain: that the entry it names is in a tree which they vouch
 * for. What the entry says is not in a receipt. A result that carries one can be forged around it: only with the entry
 * itself is the result compared.
 *
 * @param failed the first check that fails; empty when all that was asked holds
 * @param event the entry's event; empty when there is no proof to read
 * @param checkpoint the signed tree; empty when the receipt does not lead to one
 * @param anchored true when the chain holds this very tree
 * @param resultHash what the entry's {@code resultHash} must be: the result without its receipt and remaining budget;
 *     empty when the receipt came alone
 * @param opened true when an entry was given that is the one the log committed to; its {@code resultHash} was then compared
 *     if there is a result
 */
public record ReceiptCheck(
        Optional<Step> failed,
        Optional<EventId> event,
        Optional<Checkpoint> checkpoint,
        boolean anchored,
        Optional<Hash> resultHash,
        boolean opened) {
    public ReceiptCheck {
        Objects.requireNonNull(failed);
        Objects.requireNonNull(event);
        Objects.requireNonNull(checkpoint);
        Objects.requireNonNull(resultHash);
    }

    /** Checks the receipt of this result, and the result against the entry, when there is one: {event, salt}. */
    public static ReceiptCheck ofResult(Json.Obj envelope, Optional<Json.Obj> entry, Trust trust) {
        var receipt = JsonView.of(envelope).at("receipt");
        Optional<TlogProof> proof = parsed(receipt.at("tlogProof").text())
                .filter(read -> read.entry()
                                .id()
                                .toString()
                                .equals(receipt.at("eventId").text())
                        && receipt.at("index").integer().equals(OptionalLong.of(read.index())));
        return of(proof, Optional.of(resultHash(envelope)), entry, trust);
    }

    /** Checks a receipt in its text form, and that this is its entry, when there is one. */
    public static ReceiptCheck ofText(String text, Optional<Json.Obj> entry, Trust trust) {
        return of(parsed(text), Optional.empty(), entry, trust);
    }

    /** True when everything that was asked holds. */
    public boolean holds() {
        return failed.isEmpty();
    }

    private static ReceiptCheck of(
            Optional<TlogProof> proof, Optional<Hash> result, Optional<Json.Obj> entry, Trust trust) {
        if (proof.isEmpty()) {
            return new ReceiptCheck(Optional.of(Step.FORM), Optional.empty(), Optional.empty(), false, result, false);
        }
        LogEntry proven = proof.get().entry();
        Optional<Opened> opened = entry.flatMap(DisclosureFile::opened)
                .filter(both -> LogEntry.of(both.salt(), both.event()).equals(proven));
        Trust.Vouched vouched = trust.of(proof.get(), Optional.empty());
        Optional<Step> failed = vouched.failed();
        if (failed.isEmpty() && entry.isPresent()) {
            failed = opened.isEmpty()
                    ? Optional.of(Step.COMMITMENT)
                    : result.flatMap(hash -> differs(opened.get(), hash));
        }
        return new ReceiptCheck(
                failed, Optional.of(proven.id()), vouched.checkpoint(), vouched.anchored(), result, opened.isPresent());
    }

    private static Optional<Step> differs(Opened entry, Hash result) {
        String told = JsonView.of(entry.event().body()).at("resultHash").text();
        return told.equals(result.hex()) ? Optional.empty() : Optional.of(Step.RESULT);
    }

    private static Optional<TlogProof> parsed(String text) {
        try {
            return Optional.of(TlogProof.parse(text));
        } catch (TamisException malformed) {
            return Optional.empty();
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
