package io.tamis.log;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;

/** Somebody who signs notes: a name, the kind of signature, and the root key that makes it, whose algorithm it must be. */
public record NoteSigner(Origin name, NoteKeyType type, KeyProvider keys, KeyName key) {
    public NoteSigner {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(keys);
        Objects.requireNonNull(key);
    }

    /** The key that others verify with: of the newest generation. */
    public VerifierKey verifierKey() {
        return new VerifierKey(name, type, keys.publicKey(key));
    }

    /**
     * The signature line for a text; {@code at} is part of it in the kinds that state a time, to the second. A text that
     * this kind does not sign is refused: ML-DSA-44 signs checkpoints only.
     */
    public SignedNote.Signature sign(String text, Instant at) {
        var verifier = verifierKey();
        byte[] message = SignedBytes.of(verifier, at, text).orElseThrow(LogException::malformed);
        byte[] signature = keys.sign(key, message);
        var line = ByteBuffer.allocate(VerifierKey.KEY_ID_BYTES + type.valueBytes())
                .put(verifier.keyId());
        if (type.timed()) {
            line.putLong(seconds(at));
        }
        return new SignedNote.Signature(
                name.value(), StrictBase64.encode(line.put(signature).array()));
    }

    private static long seconds(Instant at) {
        if (at.getEpochSecond() < 0) {
            throw LogException.malformed();
        }
        return at.getEpochSecond();
    }
}
