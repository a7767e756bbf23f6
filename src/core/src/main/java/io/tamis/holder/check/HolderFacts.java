package io.tamis.holder.check;

import io.tamis.data.PartyId;
import io.tamis.holder.Roster;
import io.tamis.holder.ticket.TicketSource;
import io.tamis.policy.PolicyBundle;
import java.util.Objects;
import java.util.Optional;

/**
 * What a holder knows without the server: its own copies of roster and policy, the rounds it passed itself, its own log.
 *
 * @param party the holder
 * @param openEpochs key epochs that the holder has a share of and that were not ended
 */
public record HolderFacts(
        PartyId party,
        Roster roster,
        PolicyBundle bundle,
        OpenEpochs openEpochs,
        PassedRounds rounds,
        OpeningBook book) {
    public HolderFacts {
        Objects.requireNonNull(party);
        Objects.requireNonNull(roster);
        Objects.requireNonNull(bundle);
        Objects.requireNonNull(openEpochs);
        Objects.requireNonNull(rounds);
        Objects.requireNonNull(book);
    }

    /** Which key epochs the holder serves. */
    @FunctionalInterface
    public interface OpenEpochs {
        /** True when the holder has its share of this epoch and nobody told it that the epoch is over. */
        boolean serves(long keyEpoch);
    }

    /** The slot rounds that the holder audited and passed itself. */
    @FunctionalInterface
    public interface PassedRounds {
        /** The round behind a source under this key epoch; empty when the holder passed none. */
        Optional<PassedRound> of(long keyEpoch, TicketSource source);
    }
}
