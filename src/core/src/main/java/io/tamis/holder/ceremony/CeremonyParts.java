package io.tamis.holder.ceremony;

import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.JsonFields;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.holder.Blobs;
import io.tamis.holder.SignedMessage;
import java.util.List;
import java.util.Optional;

/** The large parts of a ceremony, as far as whoever keeps its board needs to know them. */
public final class CeremonyParts {
    private CeremonyParts() {}

    /** The blobs that a message names, which belong on the board before it; {@link DataException} when it is not well formed. */
    public static List<Hash> named(SignedMessage signed) {
        var stage = Stage.of(signed.message().type());
        if (stage.isEmpty()) {
            return List.of();
        }
        var fields = new JsonFields(signed.message().body());
        fields.string("seen", Fields.HASH_TEXT);
        return switch (Statement.read(stage.get(), fields)) {
            case Statement.Opening(var seeds, var key) -> List.of(seeds, key);
            case Statement.Shares(var sealed) ->
                sealed.stream().map(Statement.Sealed::blob).toList();
            case Statement.Partials(var partials) ->
                partials.stream().map(Statement.Partial::blob).toList();
            case Statement.Commit ignored -> List.of();
            case Statement.Reveal ignored -> List.of();
            case Statement.Candidates ignored -> List.of();
            case Statement.Coin ignored -> List.of();
            case Statement.Verdict ignored -> List.of();
            case Statement.Unreadable ignored -> List.of();
            case Statement.Done ignored -> List.of();
            case Statement.Disclosed ignored -> List.of();
        };
    }

    /**
     * The sum of the candidates that survived; whether they are right, the holders have said. Empty before all openings are
     * on the board; {@code CIPHERTEXT_REJECTED} when they are no polynomials.
     */
    public static Optional<CollectiveKey> key(Bfv scheme, CeremonyTerms terms, Board board, Blobs blobs) {
        var transcript = Transcript.read(terms, board);
        if (transcript.seen(Stage.VERDICTS).isEmpty()) {
            return Optional.empty();
        }
        return new Exhibits(scheme, terms, transcript, blobs, KeyCeremony.FOLD).key();
    }
}
