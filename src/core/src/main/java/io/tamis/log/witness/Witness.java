package io.tamis.log.witness;

import io.tamis.data.Code;
import io.tamis.data.TamisException;
import io.tamis.log.LogException;
import io.tamis.log.Origin;
import io.tamis.log.Proofs;
import io.tamis.log.SignedNote;
import io.tamis.log.TreeHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges checkpoints by the rules of C2SP tlog-witness, in the order they stand there. Safe for use by several threads.
 *
 * <p>Promised: of one log it never cosigns two trees of one size, nor a smaller tree after a larger one, nor a larger one
 * that does not begin with the leaves of the one before. It assumes collision resistance of SHA-256 and that its
 * {@link Memory} is never set back. NOT promised: that anything logged is true, or that what happened was logged.
 *
 * <p>Race story: two requests may be judged by the same old tree. Each is signed and then offered to the memory, which takes
 * it only if that old tree is still the newest; the loser's cosignature is dropped here, unseen, and it is told the size of
 * the winner's tree. Crash story: a cosignature leaves this class only after the memory has it on disk, so whatever anybody
 * ever saw is remembered; what was remembered and not seen is asked for again, under the same size and root.
 */
public final class Witness {
    /** Signatures of the log kept with a cosigned checkpoint. */
    private static final int EVIDENCE_MAX = 8;

    private final KnownLogs known;
    private final Memory memory;
    private final Cosigner cosigner;

    /** A witness of these logs. */
    public Witness(KnownLogs known, Memory memory, Cosigner cosigner) {
        this.known = Objects.requireNonNull(known);
        this.memory = Objects.requireNonNull(memory);
        this.cosigner = Objects.requireNonNull(cosigner);
    }

    /** The answer to a body of add-checkpoint; {@link LogException} with {@code INTERNAL} when the memory fails. */
    public Verdict judge(byte[] body) {
        try {
            var asked = AddCheckpoint.parse(body);
            return judge(asked, Claim.parse(asked.note().text()));
        } catch (TamisException malformed) {
            if (malformed.code() == Code.INTERNAL) {
                throw malformed;
            }
            return new Verdict.Malformed();
        }
    }

    private Verdict judge(AddCheckpoint asked, Claim claim) {
        Optional<Origin> named = origin(claim.origin());
        var keys = named.map(known::keys).orElse(List.of());
        if (keys.isEmpty()) {
            return new Verdict.UnknownLog();
        }
        if (keys.stream().noneMatch(asked.note()::verifiedBy)) {
            return new Verdict.Untrusted();
        }
        if (asked.oldSize() > claim.head().size()) {
            return new Verdict.Malformed();
        }
        Origin origin = named.get();
        Optional<TreeHead> latest = memory.latest(origin);
        TreeHead old = latest.orElse(TreeHead.EMPTY);
        if (asked.oldSize() != old.size()) {
            return new Verdict.Conflict(old.size());
        }
        if (old.size() == claim.head().size() && !old.equals(claim.head())) {
            return new Verdict.Conflict(old.size());
        }
        if (!continues(old, claim.head(), asked)) {
            return new Verdict.Inconsistent();
        }
        return remembered(origin, latest, asked.note());
    }

    /** From the empty tree anything continues, and there is nothing to prove. */
    private static boolean continues(TreeHead old, TreeHead next, AddCheckpoint asked) {
        return old.size() == 0 ? asked.proof().isEmpty() : Proofs.verifyConsistency(old, next, asked.proof());
    }

    private Verdict remembered(Origin origin, Optional<TreeHead> latest, SignedNote note) {
        var cosignature = cosigner.cosign(note.text());
        var kept = new ArrayList<>(note.signatures().stream()
                .filter(signature -> signature.name().equals(origin.value()))
                .limit(EVIDENCE_MAX)
                .toList());
        kept.add(cosignature);
        // Also when size and root are as before: an earlier write may have failed after the rename, before it was
        // durable.
        if (!memory.replace(origin, latest, new SignedNote(note.text(), kept))) {
            return new Verdict.Conflict(
                    memory.latest(origin).map(TreeHead::size).orElse(0L));
        }
        return new Verdict.Cosigned(List.of(cosignature));
    }

    /** A name that is none of ours cannot be that of a log the witness was told of. */
    private static Optional<Origin> origin(String name) {
        try {
            return Optional.of(new Origin(name));
        } catch (LogException foreign) {
            return Optional.empty();
        }
    }
}
