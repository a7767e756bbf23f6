package io.tamis.audience.keys;

import io.tamis.audience.board.BoardId;
import io.tamis.data.Hash;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.Roster;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A key that several holders have together, and where it stands.
 *
 * @param ceremony where it was made
 * @param roster who made it, and whose platforms may encrypt to it
 * @param publicKey SHA-256 of the public key's bytes, which are a blob of the ceremony's board
 * @param transcript the hash of everything said in the ceremony
 * @param openings how often it was opened
 * @param endedAt when it was retired
 * @param reason what the officer wrote then
 */
public record KeyStanding(
        KeyEpoch epoch,
        BoardId ceremony,
        Roster roster,
        State state,
        Hash publicKey,
        Hash transcript,
        Openings openings,
        Instant createdAt,
        Optional<Instant> endedAt,
        Optional<String> reason) {
    public KeyStanding {
        Objects.requireNonNull(epoch);
        Objects.requireNonNull(ceremony);
        Objects.requireNonNull(roster);
        Objects.requireNonNull(state);
        Objects.requireNonNull(publicKey);
        Objects.requireNonNull(transcript);
        Objects.requireNonNull(openings);
        Objects.requireNonNull(createdAt);
    }

    /** Where a key stands. Only an active one takes rounds, ciphertexts and tickets. */
    public enum State {
        ACTIVE,
        /** Put out of use; what was opened before stands. */
        RETIRED,
        /** Somebody may have it: nothing under it is to be trusted any more. */
        COMPROMISED
    }

    /** True when it takes rounds, ciphertexts and tickets. */
    public boolean active() {
        return state == State.ACTIVE;
    }
}
