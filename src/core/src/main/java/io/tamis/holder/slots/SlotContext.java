package io.tamis.holder.slots;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.KeyEpoch;
import io.tamis.he.Tuple;
import io.tamis.holder.MessageContext;

/**
 * Which round of slots: for the ciphertexts of one dataset's version under one key.
 *
 * @param roster the roster's hash
 * @param version the dataset's version, which is the alignment epoch
 * @param attempt 1, 2, ..: a round in which holders fell silent is void, and the next has fresh seeds
 */
public record SlotContext(
        Hash roster, KeyEpoch keyEpoch, DatasetId dataset, int version, PartyId platform, int attempt) {
    /** Most attempts: x silences raise a cheat's chance to (x+1)/64. */
    public static final int ATTEMPTS_MAX = 8;

    /**
     * Most rounds of one dataset in one epoch that a coin was shown in and that nobody passed: each is one more chance of
     * 1/{@link SlotPlan#FOLD} for a platform whose friend among the holders falls silent when the coin would expose it.
     * Every holder counts for itself; the server counts too.
     */
    public static final int VOIDS_MAX = 3;

    public SlotContext {
        if (version < 1 || attempt < 1 || attempt > ATTEMPTS_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** {@code slots/<key epoch>/<dataset>/<version>/<platform>/<attempt>}: the context of the round's messages. */
    public MessageContext messages() {
        return new MessageContext(
                "slots/" + keyEpoch.number() + "/" + dataset + "/" + version + "/" + platform + "/" + attempt);
    }

    /** Tuple("tamis-slots-v1", roster, key epoch, dataset, version, platform, attempt): ctx of the hashes below. */
    public Hash hash() {
        return Tuple.of("tamis-slots-v1")
                .hash(roster)
                .number(keyEpoch.number())
                .text(dataset.value())
                .number(version)
                .text(platform.value())
                .number(attempt)
                .sha256();
    }
}
