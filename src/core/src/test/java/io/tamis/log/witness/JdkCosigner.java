package io.tamis.log.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Hash;
import io.tamis.log.SignedNote;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** Cosignatures written again from C2SP tlog-cosignature, on the JDK's Ed25519: a second implementation. */
final class JdkCosigner implements Cosigner {
    static final long TIME = 1_764_000_000L;
    static final String NAME = "witness.example/w1";

    private final KeyPair pair;
    private final byte[] keyId;

    JdkCosigner() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        keyId = Arrays.copyOf(
                Hash.sha256((NAME + "\n").getBytes(UTF_8), new byte[] {4}, raw).bytes(), 4);
    }

    @Override
    public SignedNote.Signature cosign(String checkpoint) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(message(TIME, checkpoint));
            byte[] line = ByteBuffer.allocate(4 + 8 + 64)
                    .put(keyId)
                    .putLong(TIME)
                    .put(signer.sign())
                    .array();
            return new SignedNote.Signature(NAME, Base64.getEncoder().encodeToString(line));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    boolean own(SignedNote note) {
        return note.signatures().stream()
                .filter(signature -> signature.name().equals(NAME))
                .anyMatch(signature -> verifies(note.text(), signature));
    }

    boolean verifies(String checkpoint, SignedNote.Signature signature) {
        ByteBuffer line = ByteBuffer.wrap(Base64.getDecoder().decode(signature.base64()));
        var id = new byte[4];
        line.get(id);
        long time = line.getLong();
        var value = new byte[64];
        line.get(value);
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(pair.getPublic());
            verifier.update(message(time, checkpoint));
            return Arrays.equals(id, keyId) && !line.hasRemaining() && verifier.verify(value);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    private static byte[] message(long time, String checkpoint) {
        return ("cosignature/v1\ntime " + time + "\n" + checkpoint).getBytes(UTF_8);
    }
}
