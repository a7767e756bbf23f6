package io.tamis.log.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.crypto.Ed25519;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.log.SignedNote;
import java.util.Arrays;
import java.util.Base64;

/** NOT a cosignature: one that every process computes alike, for tests in which a process is killed. */
final class SeededCosigner implements Cosigner {
    private static final String NAME = "witness.example/seeded";
    private static final int PREFIX = 4;

    private final MemoryKeys keys = new MemoryKeys(38);

    @Override
    public SignedNote.Signature cosign(String checkpoint) {
        byte[] value = keys.sign(KeyName.LEDGER_SIGNING, checkpoint.getBytes(UTF_8));
        var line = new byte[PREFIX + value.length];
        System.arraycopy(value, 0, line, PREFIX, value.length);
        return new SignedNote.Signature(NAME, Base64.getEncoder().encodeToString(line));
    }

    boolean own(SignedNote note) {
        return note.signatures().stream()
                .filter(signature -> signature.name().equals(NAME))
                .map(signature -> Base64.getDecoder().decode(signature.base64()))
                .anyMatch(line -> Ed25519.verify(
                        keys.publicKey(KeyName.LEDGER_SIGNING),
                        note.text().getBytes(UTF_8),
                        Arrays.copyOfRange(line, PREFIX, line.length)));
    }
}
