package io.tamis.cli.audit;

import io.tamis.cli.chain.ChainException;
import io.tamis.cli.chain.Notarised;
import io.tamis.cli.chain.NotaryContract.Place;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.TamisException;
import io.tamis.log.Checkpoint;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogEntry;
import io.tamis.log.LogException;
import io.tamis.log.Salt;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import io.tamis.log.Witnesses;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry that somebody was shown with its salt and proof, held against keys, witnesses and a chain that its holder chose:
 * that the log committed to exactly this event, and that the tree it is in is signed, cosigned and anchored.
 *
 * @param step the first check that fails; empty when all hold
 * @param event what was disclosed
 * @param checkpoint whose tree it is in; empty when the proof or a signature does not hold
 * @param anchored true when the chain holds this very tree
 */
public record DisclosureCheck(
        Optional<Step> step, Optional<LedgerEvent> event, Optional<Checkpoint> checkpoint, boolean anchored) {
    private static final int PROOF_LENGTH_MAX = TlogProof.CHARACTERS_MAX;
    private static final int NAME_LENGTH_MAX = 128;
    private static final int ID_LENGTH = 36;

    public DisclosureCheck {
        Objects.requireNonNull(step);
        Objects.requireNonNull(event);
        Objects.requireNonNull(checkpoint);
    }

    /** What may fail, in the order of the checks. */
    public enum Step {
        /** The file is none, or its event is none. */
        FORM,
        /** Event and salt do not open the commitment. */
        COMMITMENT,
        /** Proof or signatures do not hold. */
        INCLUSION,
        /** Too few witnesses, or a wrong cosignature. */
        WITNESSES,
        /** The file names another chain, contract or log than its holder does. */
        ANCHOR_ELSEWHERE,
        /** The chain holds another root at that size, or none. */
        ANCHOR,
        /** The node did not answer as it should; nothing is known of the anchor. */
        CHAIN
    }

    /** Where this log is anchored, and a node's view of it. */
    public record ChainView(Place place, Notarised log) {
        public ChainView {
            Objects.requireNonNull(place);
            Objects.requireNonNull(log);
        }
    }

    /** Checks a disclosure: {event, salt, proof, anchor?}. */
    public static DisclosureCheck of(
            Json.Obj file, List<VerifierKey> keys, Witnesses witnesses, Optional<ChainView> chain) {
        try {
            var fields = new JsonFields(file);
            var event = LedgerEvent.parse(fields.value("event").canonicalBytes());
            var salt =
                    Salt.of(Hash.parse(fields.string("salt", 2 * Hash.LENGTH)).bytes());
            var proof = TlogProof.parse(fields.string("proof", PROOF_LENGTH_MAX));
            Optional<Anchored> anchor = fields.optionalObject("anchor").map(Anchored::of);
            requireSame(fields, proof);
            fields.end();
            return checked(event, salt, proof, anchor, new Trust(keys, witnesses, chain));
        } catch (TamisException malformed) {
            return new DisclosureCheck(Optional.of(Step.FORM), Optional.empty(), Optional.empty(), false);
        }
    }

    /** A service writes the entry's line around it (index, id, commitment): each is checked or refused, never ignored. */
    private static void requireSame(JsonFields fields, TlogProof proof) {
        var index = fields.optionalInteger("index", 0, Json.Int.MAGNITUDE_MAX);
        var id = fields.optionalString("id", ID_LENGTH);
        var commitment = fields.optionalString("commitment", 2 * Hash.LENGTH);
        if (index.orElse(proof.index()) != proof.index()
                || id.filter(text -> !text.equals(proof.entry().id().toString()))
                        .isPresent()
                || commitment
                        .filter(text -> !text.equals(proof.entry().commitment().hex()))
                        .isPresent()) {
            throw new LogException(Code.INVALID_REQUEST);
        }
    }

    /** What its holder goes by. */
    private record Trust(List<VerifierKey> keys, Witnesses witnesses, Optional<ChainView> chain) {}

    /** What the file says of its anchor. */
    private record Anchored(Place place, long size) {
        static Anchored of(JsonFields fields) {
            var anchored = new Anchored(
                    new Place(
                            fields.integer("chainId", 1, Json.Int.MAGNITUDE_MAX),
                            fields.string("contract", NAME_LENGTH_MAX),
                            fields.string("logId", NAME_LENGTH_MAX)),
                    fields.integer("size", 1, Json.Int.MAGNITUDE_MAX));
            // Whoever looks for it may; what is believed is the contract's root.
            fields.optionalString("transaction", NAME_LENGTH_MAX);
            fields.end();
            return anchored;
        }
    }

    private static DisclosureCheck checked(
            LedgerEvent event, Salt salt, TlogProof proof, Optional<Anchored> anchor, Trust trust) {
        if (!LogEntry.of(salt, event).equals(proof.entry())) {
            return failed(Step.COMMITMENT, event, Optional.empty());
        }
        Optional<Checkpoint> checkpoint =
                proof.verifies(trust.keys) ? Checkpoint.open(proof.note(), trust.keys) : Optional.empty();
        if (checkpoint.isEmpty()) {
            return failed(Step.INCLUSION, event, checkpoint);
        }
        if (!trust.witnesses.metBy(proof.note())) {
            return failed(Step.WITNESSES, event, checkpoint);
        }
        if (trust.chain.isEmpty()) {
            return new DisclosureCheck(Optional.empty(), Optional.of(event), checkpoint, false);
        }
        return onChain(event, checkpoint.get(), anchor, trust.chain.get());
    }

    private static DisclosureCheck onChain(
            LedgerEvent event, Checkpoint checkpoint, Optional<Anchored> anchor, ChainView chain) {
        Optional<Checkpoint> signed = Optional.of(checkpoint);
        if (anchor.filter(named -> !named.place.same(chain.place)).isPresent()) {
            return failed(Step.ANCHOR_ELSEWHERE, event, signed);
        }
        try {
            boolean held = chain.log
                    .rootAt(checkpoint.head().size())
                    .filter(checkpoint.head().root()::equals)
                    .isPresent();
            return held
                    ? new DisclosureCheck(Optional.empty(), Optional.of(event), signed, true)
                    : failed(Step.ANCHOR, event, signed);
        } catch (ChainException silent) {
            return failed(Step.CHAIN, event, signed);
        }
    }

    private static DisclosureCheck failed(Step step, LedgerEvent event, Optional<Checkpoint> checkpoint) {
        return new DisclosureCheck(Optional.of(step), Optional.of(event), checkpoint, false);
    }
}
