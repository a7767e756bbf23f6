package io.tamis.holder.slots;

import io.tamis.crypto.Derivation;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.he.SlotCandidates;
import io.tamis.he.Tuple;
import io.tamis.he.ring.Seed;
import io.tamis.holder.Coins;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A platform's side: all seeds come from one master, so that nothing needs to be kept between the steps but the master and
 * the roots, and a broken-off step goes on at any slot. One candidate is in memory at a time.
 *
 * <p>The caller keeps the master sealed, uses a fresh one for every attempt, and erases it after the last upload is
 * acknowledged. Seeds of candidates that do not survive become public; the survivors' must not.
 */
public final class PlatformSlots implements AutoCloseable {
    private final Hash context;
    private final SlotPlan plan;
    private final SlotCandidates candidates;
    private final SecretBytes master;

    /** The slots of a plan; the master has 32 bytes, is copied, and zeroed by {@link #close}. */
    public PlatformSlots(SlotContext context, SlotPlan plan, SlotCandidates candidates, SecretBytes master) {
        this.context = context.hash();
        this.plan = plan;
        this.candidates = candidates;
        byte[] bytes = master.reveal();
        this.master = SecretBytes.copyOf(bytes);
        Arrays.fill(bytes, (byte) 0);
    }

    /** SHA-256 of Tuple("root", h_0, .., h_fold-1) of a slot's candidates. Costs fold candidates. */
    public Hash root(int slot) {
        var tuple = Tuple.of("root");
        for (int k = 0; k < plan.fold(); k++) {
            tuple.hash(candidateHash(slot, k));
        }
        return tuple.sha256();
    }

    /** A slot's opening under the coin: the other candidates' seeds, ascending, then the survivor's hash. */
    public byte[] opening(int slot, Hash coin) {
        int survivor = Coins.survivor(coin, slot, plan.fold());
        var opening = ByteBuffer.allocate(plan.openingBytes());
        for (int k = 0; k < plan.fold(); k++) {
            if (k != survivor) {
                try (var seed = seed(slot, k)) {
                    opening.put(seed.reveal());
                }
            }
        }
        return opening.put(candidateHash(slot, survivor).bytes()).array();
    }

    /** The seed a slot's ciphertext is made with: its u and e1. The caller closes it. */
    public Seed survivorSeed(int slot, Hash coin) {
        return seed(slot, Coins.survivor(coin, slot, plan.fold()));
    }

    /**
     * The seed of a slot's e0, from what is encrypted: encrypting the same values again gives the same bytes. Other values
     * in the same slot would give away their difference, so the caller makes the hash durable first and refuses others.
     */
    public Seed noiseSeed(int slot, Hash values) {
        return seed(Tuple.of("e0").hash(context).number(slot).hash(values).sha256());
    }

    @Override
    public void close() {
        master.close();
    }

    private Hash candidateHash(int slot, int k) {
        try (var seed = seed(slot, k)) {
            return SlotAudit.candidateHash(context, slot, k, candidates.c1(seed));
        }
    }

    private Seed seed(int slot, int k) {
        return seed(Tuple.of("slot").hash(context).number(slot).number(k).sha256());
    }

    private Seed seed(Hash purpose) {
        try (var derived = Derivation.derive(master, purpose)) {
            byte[] bytes = derived.reveal();
            try {
                return Seed.of(bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }
}
