package io.tamis.cli.audit;

import io.tamis.cli.audit.DisclosureCheck.ChainView;
import io.tamis.cli.audit.DisclosureCheck.Step;
import io.tamis.cli.chain.ChainException;
import io.tamis.cli.chain.NotaryContract.Place;
import io.tamis.data.Hash;
import io.tamis.log.Checkpoint;
import io.tamis.log.TlogProof;
import io.tamis.log.VerifierKey;
import io.tamis.log.Witnesses;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the holder of one proof goes by; all of it is of the holder's own choice.
 *
 * @param keys each of which must have signed
 * @param chain what must hold the tree; empty when no chain is asked
 */
public record Trust(List<VerifierKey> keys, Witnesses witnesses, Optional<ChainView> chain) {
    public Trust {
        keys = List.copyOf(keys);
        Objects.requireNonNull(witnesses);
        Objects.requireNonNull(chain);
    }

    /** What a proof came to: the first check that fails, the tree if it is a signed one, and whether the chain holds it. */
    record Vouched(Optional<Step> failed, Optional<Checkpoint> checkpoint, boolean anchored) {}

    /** Holds a proof against signatures, cosignatures and chain, in this order; {@code named} is where it says it is anchored. */
    Vouched of(TlogProof proof, Optional<Place> named) {
        Optional<Checkpoint> signed = proof.verifies(keys) ? Checkpoint.open(proof.note(), keys) : Optional.empty();
        Optional<Step> failed = signed.isEmpty() ? Optional.of(Step.INCLUSION) : cosigned(proof);
        if (failed.isEmpty() && chain.isPresent()) {
            failed = anchored(signed.get(), named, chain.get());
            return new Vouched(failed, signed, failed.isEmpty());
        }
        return new Vouched(failed, signed, false);
    }

    private Optional<Step> cosigned(TlogProof proof) {
        if (witnesses.contradictedBy(proof.note())) {
            return Optional.of(Step.WITNESS_WRONG);
        }
        return witnesses.metBy(proof.note()) ? Optional.empty() : Optional.of(Step.WITNESSES);
    }

    private static Optional<Step> anchored(Checkpoint signed, Optional<Place> named, ChainView chain) {
        if (named.filter(place -> !place.same(chain.place())).isPresent()) {
            return Optional.of(Step.ANCHOR_ELSEWHERE);
        }
        try {
            Optional<Hash> root = chain.log().rootAt(signed.head().size());
            if (root.isEmpty()) {
                return Optional.of(Step.NOT_ANCHORED);
            }
            return root.equals(Optional.of(signed.head().root())) ? Optional.empty() : Optional.of(Step.ANCHOR);
        } catch (ChainException silent) {
            return Optional.of(Step.CHAIN);
        }
    }
}
