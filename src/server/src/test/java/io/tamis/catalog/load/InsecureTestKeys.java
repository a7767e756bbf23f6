package io.tamis.catalog.load;

import io.tamis.crypto.Hpke;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.KeyStatus;
import io.tamis.crypto.Sealing;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys anybody can read here: tests of the importer need stable ones and no key store. */
public final class InsecureTestKeys implements KeyProvider {
    @Override
    public Hash mac(KeyName key, byte[]... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                mac.update(part);
            }
            return Hash.of(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public WrappedKey wrap(KeyName kek, SecretBytes dataKey, byte[] aad) {
        return new WrappedKey(kek, 1, Sealing.seal(kek(kek), aad, dataKey.reveal(), bytes -> {}));
    }

    @Override
    public SecretBytes unwrap(KeyName kek, WrappedKey wrapped, byte[] aad) {
        return SecretBytes.copyOf(Sealing.open(kek(kek), aad, wrapped.blob()));
    }

    @Override
    public byte[] sign(KeyName key, byte[] message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] publicKey(KeyName key) {
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

    private static SecretBytes kek(KeyName name) {
        return SecretBytes.copyOf(
                Hash.sha256(name.value().getBytes(StandardCharsets.UTF_8)).bytes());
    }
}
