package io.tamis.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * The bytes a key signs for a note: each kind begins with words no other begins with, or is a note's text, whose first
 * line is an origin; so no signature of one kind passes for another.
 */
final class SignedBytes {
    private static final byte[] SUBTREE = "subtree/v1\n\0".getBytes(US_ASCII);

    private SignedBytes() {}

    /** Empty when a key of this kind does not sign such a text: ML-DSA-44 signs what a checkpoint says, nothing else. */
    static Optional<byte[]> of(VerifierKey key, Instant time, String text) {
        return switch (key.type()) {
            case ED25519, SM2 -> Optional.of(text.getBytes(UTF_8));
            case COSIGNATURE ->
                Optional.of(("cosignature/v1\ntime " + time.getEpochSecond() + "\n" + text).getBytes(UTF_8));
            case ML_DSA_44 -> checkpoint(text).map(checkpoint -> subtree(key.name(), time, checkpoint));
        };
    }

    /** {@code cosigned_message} of C2SP tlog-cosignature: a subtree that begins at leaf 0 is the whole tree. */
    private static byte[] subtree(Origin signer, Instant time, Checkpoint checkpoint) {
        byte[] name = signer.value().getBytes(UTF_8);
        byte[] origin = checkpoint.origin().value().getBytes(UTF_8);
        return ByteBuffer.allocate(SUBTREE.length + 2 + name.length + origin.length + 3 * Long.BYTES + Hash.LENGTH)
                .put(SUBTREE)
                .put((byte) name.length)
                .put(name)
                .putLong(time.getEpochSecond())
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.head().size())
                .put(checkpoint.head().root().bytes())
                .array();
    }

    private static Optional<Checkpoint> checkpoint(String text) {
        try {
            return Optional.of(Checkpoint.parse(text));
        } catch (LogException notACheckpoint) {
            return Optional.empty();
        }
    }
}
