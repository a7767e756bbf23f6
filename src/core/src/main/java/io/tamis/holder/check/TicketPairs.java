package io.tamis.holder.check;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Hash;
import io.tamis.he.Tuple;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.PairSeeds;
import io.tamis.holder.Roster;
import io.tamis.holder.ticket.SignedTicket;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a holder has in common with each other for one ticket: agreed by the sealing keys of the roster, for roster, epoch and the
 * hash of the whole signed ticket. Two holders that were shown different tickets have different seeds, and nothing opens.
 */
final class TicketPairs implements PairSeeds {
    private final Roster roster;
    private final KeyProvider keys;
    private final Hash purpose;

    TicketPairs(Roster roster, KeyProvider keys, SignedTicket ticket) {
        this.roster = Objects.requireNonNull(roster);
        this.keys = Objects.requireNonNull(keys);
        purpose = Tuple.of("tamis-zero-share-v1")
                .hash(roster.hash())
                .number(ticket.ticket().keyEpoch())
                .hash(ticket.hash())
                .sha256();
    }

    @Override
    public Seed of(HolderIndex own, HolderIndex other) {
        byte[] theirs = roster.holders().get(other.number() - 1).sealKey().bytes();
        try (var agreed = keys.agree(KeyName.HOLDER_SEALING, theirs, purpose)) {
            byte[] bytes = agreed.reveal();
            try {
                return Seed.of(bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }
}
