package io.tamis.log;

import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What an owner's approval of a job is an approval of: this question, decided by this policy. SHA-256 over the domain
 * {@code tamis-approval-v2} and both hashes, each after its length in 4 bytes, big-endian. Whoever reads question and salt makes
 * it again, the approver first of all.
 *
 * @param question {@link JobQuestion#hash}
 * @param bundle content hash of the policy bundle
 */
public record ApprovalSubject(Hash question, Hash bundle) {
    private static final byte[] DOMAIN = "tamis-approval-v2".getBytes(StandardCharsets.US_ASCII);

    public ApprovalSubject {
        Objects.requireNonNull(question);
        Objects.requireNonNull(bundle);
    }

    /** The {@code subjectHash} that an approver repeats. */
    public Hash hash() {
        var joined = ByteBuffer.allocate(3 * Integer.BYTES + DOMAIN.length + 2 * Hash.LENGTH);
        for (byte[] part : new byte[][] {DOMAIN, question.bytes(), bundle.bytes()}) {
            joined.putInt(part.length).put(part);
        }
        return Hash.sha256(joined.array());
    }
}
