package io.tamis.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tamis.crypto.Ed25519;
import io.tamis.crypto.MlDsa44;
import io.tamis.crypto.Sm2;

/** What kind of signature a key makes under a note, and over which bytes (C2SP signed-note, "Signature types"). */
public enum NoteKeyType {
    /** Ed25519 over the note's text. */
    ED25519("\u0001", Ed25519.PUBLIC_KEY_BYTES, Ed25519.SIGNATURE_BYTES, false),

    /** Ed25519 by a witness over a time and the note's text (C2SP tlog-cosignature, "Ed25519 signed message"). */
    COSIGNATURE("\u0004", Ed25519.PUBLIC_KEY_BYTES, Ed25519.SIGNATURE_BYTES, true),

    /** ML-DSA-44 over the signer's name, a time and what the checkpoint says (there, "ML-DSA-44 signed message"). */
    ML_DSA_44("\u0006", MlDsa44.PUBLIC_KEY_BYTES, MlDsa44.SIGNATURE_BYTES, true),

    /** SM2 over the note's text; a type of our own, so under 0xff and a name. */
    SM2("\u00fftamis-sm2-v1", Sm2.PUBLIC_KEY_BYTES, Sm2.SIGNATURE_BYTES, false);

    private final String identifier;
    private final int publicKeyBytes;
    private final int signatureBytes;
    private final boolean timed;

    NoteKeyType(String identifier, int publicKeyBytes, int signatureBytes, boolean timed) {
        this.identifier = identifier;
        this.publicKeyBytes = publicKeyBytes;
        this.signatureBytes = signatureBytes;
        this.timed = timed;
    }

    /** Length of its public keys. */
    public int publicKeyBytes() {
        return publicKeyBytes;
    }

    /** True when its signatures say when they were made. */
    public boolean timed() {
        return timed;
    }

    /** What stands before the public key where it is written or hashed. */
    byte[] identifier() {
        return identifier.getBytes(ISO_8859_1);
    }

    /** Length of what follows the key id in a signature line. */
    int valueBytes() {
        return timed ? Long.BYTES + signatureBytes : signatureBytes;
    }

    boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return switch (this) {
            case ED25519, COSIGNATURE -> Ed25519.verify(publicKey, message, signature);
            case ML_DSA_44 -> MlDsa44.verify(publicKey, message, signature);
            case SM2 -> Sm2.verify(publicKey, message, signature);
        };
    }
}
