package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Text signed by one or more keys (C2SP signed-note). The text means nothing until {@link #verifiedBy} has said yes for a
 * key that the reader trusts.
 */
public record SignedNote(String text, List<Signature> signatures) {
    /** Largest note read. */
    public static final int BYTES_MAX = 64 << 10;

    /** Most signatures; the specification asks for at least 16. */
    public static final int SIGNATURES_MAX = 32;

    private static final String DASH = "\u2014 ";

    /** A signature line: a name, and the key id before the value. */
    public record Signature(String name, String base64) {
        public Signature {
            boolean blank = name.chars()
                    .anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c));
            if (name.isEmpty()
                    || blank
                    || name.contains("+")
                    || !UTF_8.newEncoder().canEncode(name)) {
                throw LogException.malformed();
            }
            if (StrictBase64.decode(base64).length <= VerifierKey.KEY_ID_BYTES) {
                throw LogException.malformed();
            }
        }

        /** The line, with its newline. */
        public String line() {
            return DASH + name + ' ' + base64 + '\n';
        }

        boolean claims(VerifierKey key) {
            return name.equals(key.name().value())
                    && Arrays.equals(Arrays.copyOf(StrictBase64.decode(base64), VerifierKey.KEY_ID_BYTES), key.keyId());
        }

        byte[] value() {
            byte[] bytes = StrictBase64.decode(base64);
            return Arrays.copyOfRange(bytes, VerifierKey.KEY_ID_BYTES, bytes.length);
        }
    }

    public SignedNote {
        Objects.requireNonNull(text);
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw LogException.malformed();
        }
        // What UTF-8 cannot carry would be signed as a question mark, and two texts would share one signature.
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw LogException.malformed();
        }
        if (signatures.isEmpty() || signatures.size() > SIGNATURES_MAX) {
            throw LogException.malformed();
        }
    }

    /** Signs a text that ends with a newline, by Ed25519. */
    public static SignedNote sign(String text, Origin name, KeyProvider keys, KeyName key) {
        return sign(text, List.of(new NoteSigner(name, NoteKeyType.ED25519, keys, key)), Instant.EPOCH);
    }

    /** Signs a text that ends with a newline, by each of these signers in turn; the time goes into the kinds that state one. */
    public static SignedNote sign(String text, List<NoteSigner> signers, Instant at) {
        return new SignedNote(
                text, signers.stream().map(signer -> signer.sign(text, at)).toList());
    }

    /** Reads a note; one with a byte out of place is refused, whoever signed it. */
    public static SignedNote parse(byte[] note) {
        if (note.length > BYTES_MAX) {
            throw new LogException(Code.TOO_LARGE);
        }
        String all = decode(note);
        int split = all.lastIndexOf("\n\n");
        if (split < 0 || split + 2 >= all.length() || !all.endsWith("\n")) {
            throw LogException.malformed();
        }
        return new SignedNote(all.substring(0, split + 1), signatures(all.substring(split + 2)));
    }

    /** Reads signature lines alone, each ended by a newline: what a witness answers. */
    public static List<Signature> signatures(String lines) {
        if (lines.length() > BYTES_MAX || !lines.endsWith("\n")) {
            throw LogException.malformed();
        }
        var signatures = new ArrayList<Signature>();
        for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
            signatures.add(signature(line));
            if (signatures.size() > SIGNATURES_MAX) {
                throw LogException.malformed();
            }
        }
        return List.copyOf(signatures);
    }

    /** This note with further signature lines below its own; a line that is there already is not repeated. */
    public SignedNote with(List<Signature> more) {
        var lines = new LinkedHashSet<>(signatures);
        lines.addAll(more);
        return new SignedNote(text, List.copyOf(lines));
    }

    /** True when this key signed and no signature by it is wrong; signatures of other keys are ignored. */
    public boolean verifiedBy(VerifierKey key) {
        return times(key).isPresent();
    }

    /**
     * The time this key says it signed at, the latest when it signed more than once; empty when it is not {@link
     * #verifiedBy} the key, or when the key's kind states no time. The time is the signer's word.
     */
    public Optional<Instant> signedAt(VerifierKey key) {
        return times(key).filter(times -> key.type().timed()).map(Collections::max);
    }

    /** True when a line claims to be this key's. */
    boolean namedBy(VerifierKey key) {
        return signatures.stream().anyMatch(signature -> signature.claims(key));
    }

    /** The time of each line of this key; empty when it has none, or one of them is wrong. */
    private Optional<List<Instant>> times(VerifierKey key) {
        var times = new ArrayList<Instant>();
        for (Signature signature : signatures) {
            if (signature.claims(key)) {
                var at = key.verify(text, signature.value());
                if (at.isEmpty()) {
                    return Optional.empty();
                }
                times.add(at.get());
            }
        }
        return times.isEmpty() ? Optional.empty() : Optional.of(times);
    }

    /** The note as it is stored and served. */
    public String encoded() {
        var out = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> out.append(signature.line()));
        return out.toString();
    }

    private static Signature signature(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !line.startsWith(DASH)) {
            throw LogException.malformed();
        }
        return new Signature(parts[1], parts[2]);
    }

    private static String decode(byte[] note) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new LogException(Code.INVALID_REQUEST, notUtf8);
        }
    }
}
