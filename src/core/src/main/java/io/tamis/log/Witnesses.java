package io.tamis.log;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose cosignatures a reader counts, and how many of them must be there (C2SP tlog-cosignature): with k of n, a log that
 * wants to show two readers two trees must win over k witnesses, or one that is in both halves.
 */
public record Witnesses(List<VerifierKey> keys, int quorum) {
    /** Most witnesses: their lines fit into a note beside the log's own. */
    public static final int KEYS_MAX = 16;

    /** A witness's word: it has seen nothing that contradicts this checkpoint, and none larger of this log, at that time. */
    public record Cosignature(VerifierKey witness, Instant at) {
        public Cosignature {
            Objects.requireNonNull(witness);
            Objects.requireNonNull(at);
        }
    }

    public Witnesses {
        keys = List.copyOf(keys);
        // One key under two names would count twice.
        var distinct = new HashSet<String>();
        boolean counted = keys.stream().allMatch(key -> key.type().timed() && distinct.add(key.publicKeyText()));
        if (!counted || keys.size() > KEYS_MAX || quorum < 0 || quorum > keys.size()) {
            throw LogException.malformed();
        }
    }

    /** Nobody is asked, and nobody is needed. */
    public static Witnesses none() {
        return new Witnesses(List.of(), 0);
    }

    /** The cosignatures in a note, each of another witness, those with a wrong line left out. */
    public List<Cosignature> of(SignedNote note) {
        return keys.stream()
                .map(key -> note.signedAt(key).map(at -> new Cosignature(key, at)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** True when enough witnesses have signed and no line of a known witness is wrong. */
    public boolean metBy(SignedNote note) {
        return !contradictedBy(note) && of(note).size() >= quorum;
    }

    /**
     * True when a line of a known witness is wrong: forged, or of another checkpoint. That too few have signed proves
     * nothing, this does.
     */
    public boolean contradictedBy(SignedNote note) {
        return keys.stream().anyMatch(key -> note.namedBy(key) && !note.verifiedBy(key));
    }
}
