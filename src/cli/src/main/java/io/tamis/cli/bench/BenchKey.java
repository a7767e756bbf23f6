package io.tamis.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.log.Checkpoint;
import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An Ed25519 key of the JDK that signs the logs of one bench and is gone with the process. */
final class BenchKey {
    private static final int PUBLIC_KEY_BYTES = 32;

    private final KeyPair pair;
    private final VerifierKey verifier;

    BenchKey(Origin origin) {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has Ed25519", impossible);
        }
        // The X.509 form ends with the bare key (RFC 8410 section 4).
        byte[] encoded = pair.getPublic().getEncoded();
        verifier =
                new VerifierKey(origin, Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_BYTES, encoded.length));
    }

    /** What an auditor is given. */
    VerifierKey verifier() {
        return verifier;
    }

    SignedNote sign(Checkpoint checkpoint) {
        byte[] keyId = HexFormat.of().parseHex(verifier.toString().split("\\+", 3)[1]);
        var value = new ByteArrayOutputStream();
        value.writeBytes(keyId);
        value.writeBytes(signature(checkpoint.text().getBytes(UTF_8)));
        String line =
                "\u2014 " + checkpoint.origin() + " " + Base64.getEncoder().encodeToString(value.toByteArray()) + "\n";
        return SignedNote.parse((checkpoint.text() + "\n" + line).getBytes(UTF_8));
    }

    private byte[] signature(byte[] message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has Ed25519", impossible);
        }
    }
}
