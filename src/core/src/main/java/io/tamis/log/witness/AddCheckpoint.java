package io.tamis.log.witness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.Decimal;
import io.tamis.log.LogException;
import io.tamis.log.Proofs;
import io.tamis.log.SignedNote;
import io.tamis.log.StrictBase64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a log sends a witness (C2SP tlog-witness, add-checkpoint): the size it thinks the witness knows, the proof that the
 * new tree begins with the leaves of that one, and the new checkpoint as a signed note. Only the form is checked here.
 */
public record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote note) {
    /** Longest body read: the largest note, and 63 hashes before it. */
    public static final int BYTES_MAX = SignedNote.BYTES_MAX + 4096;

    private static final String OLD = "old ";

    public AddCheckpoint {
        Objects.requireNonNull(note);
        proof = List.copyOf(proof);
        if (oldSize < 0 || proof.size() > Proofs.HASHES_MAX) {
            throw malformed();
        }
    }

    /** Reads a body; {@code INVALID_REQUEST} when a byte is out of place, {@code TOO_LARGE} when there are too many. */
    public static AddCheckpoint parse(byte[] body) {
        if (body.length > BYTES_MAX) {
            throw new LogException(Code.TOO_LARGE);
        }
        int empty = emptyLine(body);
        // As ASCII any other byte becomes a replacement character, which neither a number nor base64 has.
        String[] lines = new String(body, 0, empty, US_ASCII).split("\n", -1);
        if (lines.length > 1 + Proofs.HASHES_MAX || !lines[0].startsWith(OLD)) {
            throw malformed();
        }
        var proof = new ArrayList<Hash>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            byte[] hash = StrictBase64.decode(line);
            if (hash.length != Hash.LENGTH) {
                throw malformed();
            }
            proof.add(Hash.of(hash));
        }
        return new AddCheckpoint(
                Decimal.parse(lines[0].substring(OLD.length())),
                proof,
                SignedNote.parse(Arrays.copyOfRange(body, empty + 2, body.length)));
    }

    /** The body as it is sent. */
    public byte[] encoded() {
        var out = new StringBuilder(OLD).append(oldSize).append('\n');
        proof.forEach(hash -> out.append(StrictBase64.encode(hash.bytes())).append('\n'));
        return out.append('\n').append(note.encoded()).toString().getBytes(UTF_8);
    }

    /** Where the newline stands that ends the last line before the empty one. */
    private static int emptyLine(byte[] body) {
        for (int i = 0; i + 1 < body.length; i++) {
            if (body[i] == '\n' && body[i + 1] == '\n') {
                return i;
            }
        }
        throw malformed();
    }

    static LogException malformed() {
        return new LogException(Code.INVALID_REQUEST);
    }
}
