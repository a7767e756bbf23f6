package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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

        byte[] keyId() {
            return Arrays.copyOf(StrictBase64.decode(base64), VerifierKey.KEY_ID_BYTES);
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

    /** Signs a text that ends with a newline. */
    public static SignedNote sign(String text, Origin name, KeyProvider keys, KeyName key) {
        byte[] keyId = new VerifierKey(name, keys.publicKey(key)).keyId();
        byte[] value = keys.sign(key, text.getBytes(UTF_8));
        byte[] line = Arrays.copyOf(keyId, keyId.length + value.length);
        System.arraycopy(value, 0, line, keyId.length, value.length);
        return new SignedNote(text, List.of(new Signature(name.value(), StrictBase64.encode(line))));
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
        var signatures = new ArrayList<Signature>();
        for (String line : all.substring(split + 2, all.length() - 1).split("\n", -1)) {
            signatures.add(signature(line));
            if (signatures.size() > SIGNATURES_MAX) {
                throw LogException.malformed();
            }
        }
        return new SignedNote(all.substring(0, split + 1), signatures);
    }

    /** True when this key signed and no signature by it is wrong; signatures of other keys are ignored. */
    public boolean verifiedBy(VerifierKey key) {
        var own = signatures.stream()
                .filter(signature ->
                        signature.name().equals(key.name().value()) && Arrays.equals(signature.keyId(), key.keyId()))
                .toList();
        return !own.isEmpty()
                && own.stream().allMatch(signature -> key.verify(text.getBytes(UTF_8), signature.value()));
    }

    /** The note as it is stored and served. */
    public String encoded() {
        var out = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> out.append(DASH)
                .append(signature.name())
                .append(' ')
                .append(signature.base64())
                .append('\n'));
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
