package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Root keys in one password-protected file, held in memory while the process runs. One process at a time may change the
 * file (the data directory's lock sees to that); production keeps file and password outside the data directory.
 *
 * <p>Assumes what {@link KeyProvider} assumes, and that the password has the strength of a key: PBKDF2 only slows a
 * guesser down. NOT promised: that {@link #destroy} reaches copies of the file in backups.
 */
public final class BcfksKeyProvider implements KeyProvider {
    private final KeyFile file;
    private final RandomSource random;
    private volatile KeyFile.Content content;

    private BcfksKeyProvider(KeyFile file, KeyFile.Content content, RandomSource random) {
        this.file = file;
        this.content = content;
        this.random = random;
    }

    /**
     * Makes a new file with the service's keys. {@code STATE_CONFLICT} when there is a file already: overwriting it would
     * lose everything sealed under it.
     */
    public static BcfksKeyProvider create(Path path, SecretBytes password, boolean demonstration, RandomSource random) {
        return create(path, password, demonstration, random, KeySet.SERVICE);
    }

    /** Makes a new file with the keys of such a process. */
    public static BcfksKeyProvider create(
            Path path, SecretBytes password, boolean demonstration, RandomSource random, KeySet set) {
        var file = new KeyFile(path, password);
        if (file.exists()) {
            throw new CryptoException(Code.STATE_CONFLICT);
        }
        var keys = new TreeMap<KeyName, RootKey>();
        set.keys().forEach((name, algorithm) -> keys.put(name, new RootKey(algorithm, List.of(fresh(random)))));
        var content = new KeyFile.Content(keys, demonstration);
        file.write(content);
        return new BcfksKeyProvider(file, content, random);
    }

    /** Opens a file; {@code KEYS_MISSING} when it is absent or damaged or the password is wrong. */
    public static BcfksKeyProvider open(Path path, SecretBytes password) {
        return open(path, password, new SystemRandom());
    }

    static BcfksKeyProvider open(Path path, SecretBytes password, RandomSource random) {
        var file = new KeyFile(path, password);
        return new BcfksKeyProvider(file, file.read(), random);
    }

    @Override
    public Hash mac(KeyName key, byte[]... parts) {
        return Hash.of(
                Hmac.keyed(usable(key, KeyAlgorithm.HMAC_SHA256).newest()).doFinal(LengthPrefixed.join(parts)));
    }

    @Override
    public byte[] sign(KeyName key, byte[] message) {
        var found = present(key);
        return switch (found.algorithm()) {
            case ED25519 -> Ed25519.sign(found.newest(), message);
            case ML_DSA_44 -> MlDsa44.sign(found.newest(), message, random);
            case SM2 -> Sm2.sign(found.newest(), message, random);
            case AES_256, HMAC_SHA256, X25519 -> throw new CryptoException(Code.INTERNAL);
        };
    }

    @Override
    public byte[] publicKey(KeyName key) {
        var found = present(key);
        return switch (found.algorithm()) {
            case ED25519 -> Ed25519.publicKey(found.newest());
            case ML_DSA_44 -> MlDsa44.publicKey(found.newest());
            case SM2 -> Sm2.publicKey(found.newest());
            case X25519 -> Hpke.publicKey(found.newest());
            case AES_256, HMAC_SHA256 -> throw new CryptoException(Code.INTERNAL);
        };
    }

    @Override
    public byte[] unseal(KeyName key, Hpke.Place place, byte[] sealed) {
        return Hpke.open(usable(key, KeyAlgorithm.X25519).newest(), place, sealed);
    }

    @Override
    public SecretBytes agree(KeyName key, byte[] otherPublicKey, Hash purpose) {
        return Agreement.derive(usable(key, KeyAlgorithm.X25519).newest(), otherPublicKey, purpose);
    }

    @Override
    public WrappedKey wrap(KeyName kek, SecretBytes dataKey, byte[] aad) {
        var key = usable(kek, KeyAlgorithm.AES_256);
        byte[] plain = dataKey.reveal();
        try {
            byte[] blob = Sealing.seal(key.newest(), place(kek, key.generation(), aad), plain, random);
            return new WrappedKey(kek, key.generation(), blob);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    @Override
    public SecretBytes unwrap(KeyName kek, WrappedKey wrapped, byte[] aad) {
        var key = usable(kek, KeyAlgorithm.AES_256);
        if (!wrapped.kek().equals(kek)) {
            throw new CryptoException(Code.INTERNAL);
        }
        byte[] plain =
                Sealing.open(key.at(wrapped.generation()), place(kek, wrapped.generation(), aad), wrapped.blob());
        try {
            return SecretBytes.copyOf(plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    @Override
    public KeyStatus status(KeyName name) {
        var key = content.keys().get(name);
        if (key == null) {
            return new KeyStatus(name, 0, KeyStatus.State.ABSENT);
        }
        var state = key.destroyed() ? KeyStatus.State.DESTROYED : KeyStatus.State.ACTIVE;
        return new KeyStatus(name, key.generation(), state);
    }

    @Override
    public synchronized void rotate(KeyName name) {
        replace(name, present(name).rotated(fresh(random)));
    }

    @Override
    public int oldestGeneration(KeyName name) {
        var key = content.keys().get(name);
        return key == null || key.destroyed() ? 0 : key.first();
    }

    @Override
    public synchronized void retire(KeyName name, int before) {
        var key = present(name);
        var kept = key.retired(before);
        replace(name, kept);
        // After the file: a reader that still holds an old one gets an exception, never a wrong answer.
        key.generations().subList(0, kept.first() - key.first()).forEach(SecretBytes::close);
    }

    @Override
    public synchronized void destroy(KeyName name) {
        var key = present(name);
        replace(name, key.withoutKeys());
        // Only now: a reader that still holds the old content gets an exception, never a wrong answer.
        key.generations().forEach(SecretBytes::close);
    }

    /** Those of the set's keys that the file does not have, because it was made by an earlier version; sorted. */
    public List<KeyName> missing(KeySet set) {
        var known = content.keys();
        return set.keys().keySet().stream()
                .filter(name -> !known.containsKey(name))
                .sorted()
                .toList();
    }

    /** Adds what is {@link #missing} and gives the names; a destroyed key stays destroyed. Writes nothing if none is. */
    public synchronized List<KeyName> addMissing(KeySet set) {
        var missing = missing(set);
        if (!missing.isEmpty()) {
            var keys = new TreeMap<>(content.keys());
            missing.forEach(name -> keys.put(name, new RootKey(set.keys().get(name), List.of(fresh(random)))));
            replace(keys);
        }
        return missing;
    }

    @Override
    public boolean demonstration() {
        return content.demonstration();
    }

    /** File first, memory after: what this process uses is never newer than what survives it. */
    private void replace(KeyName name, RootKey key) {
        var keys = new TreeMap<>(content.keys());
        keys.put(name, key);
        replace(keys);
    }

    private void replace(Map<KeyName, RootKey> keys) {
        var next = new KeyFile.Content(keys, content.demonstration());
        file.write(next);
        content = next;
    }

    private RootKey usable(KeyName name, KeyAlgorithm algorithm) {
        var key = present(name);
        if (key.algorithm() != algorithm) {
            throw new CryptoException(Code.INTERNAL);
        }
        return key;
    }

    private RootKey present(KeyName name) {
        var key = content.keys().get(name);
        if (key == null || key.destroyed()) {
            throw new CryptoException(Code.KEYS_MISSING);
        }
        return key;
    }

    /** Binds a wrapped key to the key that wraps it and to its place. */
    private static byte[] place(KeyName kek, int generation, byte[] aad) {
        return LengthPrefixed.join(
                "tamis-wrap-v1".getBytes(UTF_8),
                kek.value().getBytes(UTF_8),
                ByteBuffer.allocate(Integer.BYTES).putInt(generation).array(),
                aad);
    }

    private static SecretBytes fresh(RandomSource random) {
        return SecretBytes.random(KeyAlgorithm.KEY_BYTES, random);
    }
}
