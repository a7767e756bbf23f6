package io.tamis.holder.slots;

import io.tamis.data.Hash;
import io.tamis.he.SlotCandidates;
import io.tamis.he.Tuple;
import io.tamis.he.ring.Seed;
import io.tamis.holder.Coins;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rebuilds what a platform committed to, bit for bit. Everybody with the round's public parts gets the same answer: holders
 * before they pass a round, the server when one accuses, auditors later.
 *
 * <p>Covert, not malicious security: a slot with a bad survivor passes with probability 1/fold, and the platform that tries is
 * found with the rest. Assumes SHA-256 collision resistant. NOT promised: anything about c0, which alters only its sender's
 * own numbers.
 */
public final class SlotAudit {
    private final Hash context;
    private final SlotPlan plan;
    private final SlotCandidates candidates;

    /** An audit of this round. */
    public SlotAudit(SlotContext context, SlotPlan plan, SlotCandidates candidates) {
        this.context = context.hash();
        this.plan = plan;
        this.candidates = candidates;
    }

    /**
     * The survivor's hash when the opening gives this root; empty when it does not. Costs fold - 1 candidates.
     *
     * @param opening the seeds of all candidates but the survivor, ascending, 32 bytes each; then the survivor's hash
     */
    public Optional<Hash> survivor(int slot, Hash root, Hash coin, byte[] opening) {
        if (opening.length != plan.openingBytes()) {
            return Optional.empty();
        }
        int survivor = Coins.survivor(coin, slot, plan.fold());
        var last = Hash.of(Arrays.copyOfRange(opening, opening.length - Hash.LENGTH, opening.length));
        var tuple = Tuple.of("root");
        int at = 0;
        for (int k = 0; k < plan.fold(); k++) {
            if (k == survivor) {
                tuple.hash(last);
                continue;
            }
            try (var seed = Seed.of(Arrays.copyOfRange(opening, at, at + Hash.LENGTH))) {
                tuple.hash(candidateHash(context, slot, k, candidates.c1(seed)));
            }
            at += Hash.LENGTH;
        }
        return tuple.sha256().equals(root) ? Optional.of(last) : Optional.empty();
    }

    /**
     * The hash of an uploaded c1 as its slot's survivor: the upload is taken when it equals the survivor's hash of the opening.
     * That is SHA-256 of Tuple("c1", ctx, slot, k, bytes of c1).
     */
    public Hash uploaded(int slot, Hash coin, byte[] c1) {
        return candidateHash(context, slot, Coins.survivor(coin, slot, plan.fold()), c1);
    }

    /** SHA-256 of Tuple("c1", ctx, slot, k, bytes of c1), ctx the hash of the round's context. */
    public static Hash candidateHash(Hash context, int slot, int k, byte[] c1) {
        return Tuple.of("c1").hash(context).number(slot).number(k).bytes(c1).sha256();
    }
}
