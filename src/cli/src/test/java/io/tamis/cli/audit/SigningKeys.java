package io.tamis.cli.audit;

import io.tamis.crypto.Hpke;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.KeyStatus;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.Hash;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/** One Ed25519 key of the JDK that signs; a second implementation beside the one under test. */
public final class SigningKeys implements KeyProvider {
    private final KeyPair pair;

    public SigningKeys() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public byte[] sign(KeyName key, byte[] message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public byte[] publicKey(KeyName key) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    @Override
    public Hash mac(KeyName key, byte[]... parts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WrappedKey wrap(KeyName kek, SecretBytes dataKey, byte[] aad) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SecretBytes unwrap(KeyName kek, WrappedKey wrapped, byte[] aad) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] unseal(KeyName key, Hpke.Place place, byte[] sealed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SecretBytes agree(KeyName key, byte[] otherPublicKey, Hash purpose) {
        throw new UnsupportedOperationException();
    }

    @Override
    public KeyStatus status(KeyName key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rotate(KeyName key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int oldestGeneration(KeyName key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void retire(KeyName key, int before) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void destroy(KeyName key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean demonstration() {
        return true;
    }
}
