package io.tamis.crypto;

import io.tamis.data.Hash;
import io.tamis.data.PredictableRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** NOT secret: root keys that follow from a seed, in memory only. A fake for tests of what stands on keys. */
public final class MemoryKeys implements KeyProvider {
    private final Map<KeyName, SecretBytes> keys = new HashMap<>();
    private final PredictableRandom random;

    /** The keys that belong to this seed. */
    public MemoryKeys(long seed) {
        random = new PredictableRandom(seed);
    }

    /** The keys of a published vector: this seed signs, whatever the name and the algorithm. */
    public static MemoryKeys signingWith(byte[] seed) {
        var memory = new MemoryKeys(0);
        for (var name : List.of(
                KeyName.LEDGER_SIGNING,
                KeyName.LEDGER_SIGNING_PQ,
                KeyName.LEDGER_SIGNING_SM2,
                KeyName.WITNESS_SIGNING)) {
            memory.keys.put(name, SecretBytes.copyOf(seed));
        }
        return memory;
    }

    @Override
    public Hash mac(KeyName key, byte[]... parts) {
        return Hash.of(Hmac.keyed(key(key)).doFinal(LengthPrefixed.join(parts)));
    }

    /** Deterministic: ML-DSA with 32 zero bytes in the place of fresh ones (FIPS 204 section 3.4), SM2 with a seeded source. */
    @Override
    public byte[] sign(KeyName key, byte[] message) {
        return switch (algorithm(key)) {
            case ML_DSA_44 -> MlDsa44.sign(key(key), message, bytes -> {});
            case SM2 -> Sm2.sign(key(key), message, new PredictableRandom(1));
            default -> Ed25519.sign(key(key), message);
        };
    }

    @Override
    public byte[] publicKey(KeyName key) {
        return switch (algorithm(key)) {
            case ML_DSA_44 -> MlDsa44.publicKey(key(key));
            case SM2 -> Sm2.publicKey(key(key));
            case X25519 -> Hpke.publicKey(key(key));
            default -> Ed25519.publicKey(key(key));
        };
    }

    private static KeyAlgorithm algorithm(KeyName key) {
        if (key.equals(KeyName.HOLDER_SEALING)) {
            return KeyAlgorithm.X25519;
        }
        return KeySet.SERVICE.keys().getOrDefault(key, KeyAlgorithm.ED25519);
    }

    @Override
    public byte[] unseal(KeyName key, Hpke.Place place, byte[] sealed) {
        return Hpke.open(key(key), place, sealed);
    }

    @Override
    public SecretBytes agree(KeyName key, byte[] otherPublicKey, Hash purpose) {
        return Agreement.derive(key(key), otherPublicKey, purpose);
    }

    @Override
    public WrappedKey wrap(KeyName kek, SecretBytes dataKey, byte[] aad) {
        return new WrappedKey(kek, 1, Sealing.seal(key(kek), aad, dataKey.reveal(), random));
    }

    @Override
    public SecretBytes unwrap(KeyName kek, WrappedKey wrapped, byte[] aad) {
        return SecretBytes.copyOf(Sealing.open(key(kek), aad, wrapped.blob()));
    }

    @Override
    public KeyStatus status(KeyName key) {
        return new KeyStatus(key, 1, KeyStatus.State.ACTIVE);
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

    private synchronized SecretBytes key(KeyName name) {
        return keys.computeIfAbsent(name, absent -> SecretBytes.random(32, random));
    }
}
