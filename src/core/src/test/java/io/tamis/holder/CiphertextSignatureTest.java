package io.tamis.holder;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.Ed25519;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.he.SignedBody;
import org.junit.jupiter.api.Test;

class CiphertextSignatureTest {
    private final MemoryKeys keys = new MemoryKeys(4);
    private final PartyKey key = PartyKey.of(keys.publicKey(KeyName.PLATFORM_SIGNING));
    private final byte[] content = {1, 2, 3};

    @Test
    void signature_ofThePlatform_holdsForItsContentAndKeyOnly() {
        var upload = CiphertextSignature.sign(content, keys);
        assertTrue(CiphertextSignature.holds(upload, key));
        assertFalse(CiphertextSignature.holds(SignedBody.of(new byte[] {1, 2, 4}, upload.signature()), key));
        assertFalse(
                CiphertextSignature.holds(upload, PartyKey.of(new MemoryKeys(5).publicKey(KeyName.PLATFORM_SIGNING))));
    }

    /** A signature under a message of another kind is none under a ciphertext. */
    @Test
    void signature_withoutTheDomain_doesNotHold() {
        byte[] bare = keys.sign(KeyName.PLATFORM_SIGNING, content);
        assertTrue(Ed25519.verify(key.bytes(), content, bare));
        assertFalse(CiphertextSignature.holds(SignedBody.of(content, bare), key));
    }
}
