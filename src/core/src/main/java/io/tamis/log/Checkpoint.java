package io.tamis.log;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a log says of itself at one moment: origin, size, root, a line each, no extension lines (C2SP tlog-checkpoint).
 *
 * <p>A signed one is the log's promise that it will never show another tree of this size. NOT promised: that it shows
 * everybody the same tree; witnesses and the chain are for that.
 */
public record Checkpoint(Origin origin, TreeHead head) {
    public Checkpoint {
        Objects.requireNonNull(origin);
        Objects.requireNonNull(head);
    }

    /** Reads the text of a note. */
    static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty()) {
            throw LogException.malformed();
        }
        byte[] root = StrictBase64.decode(lines[2]);
        if (root.length != Hash.LENGTH) {
            throw LogException.malformed();
        }
        return new Checkpoint(new Origin(lines[0]), new TreeHead(Decimal.parse(lines[1]), Hash.of(root)));
    }

    /** The checkpoint in a note; empty unless the log itself, named as its origin, signed it with this key. */
    public static Optional<Checkpoint> open(SignedNote note, VerifierKey key) {
        return open(note, List.of(key));
    }

    /**
     * The checkpoint in a note; empty unless the log itself, named as its origin, signed it with each of these keys, of
     * which there is at least one. Lines of other keys are ignored: who knows the Ed25519 key only needs no other.
     */
    public static Optional<Checkpoint> open(SignedNote note, List<VerifierKey> keys) {
        if (keys.isEmpty() || !keys.stream().allMatch(note::verifiedBy)) {
            return Optional.empty();
        }
        return Optional.of(parse(note.text()))
                .filter(checkpoint ->
                        keys.stream().allMatch(key -> checkpoint.origin().equals(key.name())));
    }

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + head.size() + "\n"
                + StrictBase64.encode(head.root().bytes()) + "\n";
    }

    /** The checkpoint signed by each of these signers in turn. */
    public SignedNote sign(List<NoteSigner> signers, Instant at) {
        return SignedNote.sign(text(), signers, at);
    }

    /** The checkpoint signed in the log's name, by Ed25519. */
    public SignedNote sign(KeyProvider keys, KeyName key) {
        return SignedNote.sign(text(), origin, keys, key);
    }
}
