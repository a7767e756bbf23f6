package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import io.tamis.data.DurableFile;
import io.tamis.data.Hash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Root keys in a BCFKS file (BouncyCastle's FIPS key store: AES-256-CCM and HMAC-SHA512 under a PBKDF2 key). BCFKS takes
 * neither bare Ed25519 keys nor foreign HMACs, so every key is stored as 32 bytes under an AES label and its alias says
 * what it is: {@code name/generation/algorithm}, {@code name/0/algorithm} for a destroyed one.
 *
 * <p>The provider object is passed in and never registered: a library does not change its host's list of providers.
 */
final class KeyFile {
    /** Largest file read. */
    static final int BYTES_MAX = 4 << 20;

    /** OWASP's floor for PBKDF2 with SHA-512; the password of a production store should not need it. */
    private static final int PBKDF2_ROUNDS = 210_000;

    private static final String DEMONSTRATION_ALIAS = "demonstration";
    private static final byte[] MARK = new byte[KeyAlgorithm.KEY_BYTES];

    private final Path path;
    private final SecretBytes password;

    /** What this process last read or wrote; of a file not yet there, nothing. */
    private Optional<Hash> seen = Optional.empty();

    KeyFile(Path path, SecretBytes password) {
        this.path = path;
        this.password = password;
    }

    /** What is in the file. */
    record Content(Map<KeyName, RootKey> keys, boolean demonstration) {
        Content {
            keys = Collections.unmodifiableMap(new TreeMap<>(keys));
        }
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Reads the file; {@code KEYS_MISSING} when it is not there, not whole, or the password is wrong: BCFKS cannot tell. */
    Content read() {
        char[] characters = characters();
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > BYTES_MAX) {
                throw new CryptoException(Code.KEYS_MISSING);
            }
            var store = emptyStore();
            byte[] file = Files.readAllBytes(path);
            store.load(new ByteArrayInputStream(file), characters);
            seen = Optional.of(Hash.sha256(file));
            return content(store, characters);
        } catch (CryptoException ours) {
            throw ours;
        } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
            // BouncyCastle's readers answer some damaged files with unchecked exceptions.
            throw new CryptoException(Code.KEYS_MISSING, unreadable);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /**
     * Replaces the file; a crash leaves the old file or the new one, whole. {@code STATE_CONFLICT} when another process has
     * changed it since: that one's new generations would be gone, and all that they wrap.
     */
    void write(Content content) {
        char[] characters = characters();
        try {
            if (seen.isPresent() && !seen.equals(Optional.of(Hash.sha256(Files.readAllBytes(path))))) {
                throw new CryptoException(Code.STATE_CONFLICT);
            }
            byte[] encoded = encode(content, characters);
            DurableFile.replace(path, encoded);
            seen = Optional.of(Hash.sha256(encoded));
        } catch (IOException | GeneralSecurityException unwritable) {
            throw new CryptoException(Code.KEYS_MISSING, unwritable);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    private static byte[] encode(Content content, char[] password) throws GeneralSecurityException, IOException {
        var store = emptyStore();
        store.load(null, null);
        if (content.demonstration()) {
            put(store, DEMONSTRATION_ALIAS, MARK, password);
        }
        for (var entry : content.keys().entrySet()) {
            RootKey key = entry.getValue();
            String suffix = "/" + key.algorithm().label();
            if (key.destroyed()) {
                put(store, entry.getKey() + "/0" + suffix, MARK, password);
            }
            for (int generation = key.first(); generation <= key.generation(); generation++) {
                byte[] bytes = key.at(generation).reveal();
                put(store, entry.getKey() + "/" + generation + suffix, bytes, password);
                Arrays.fill(bytes, (byte) 0);
            }
        }
        var out = new ByteArrayOutputStream();
        store.store(new BCFKSLoadStoreParameter.Builder(out, password)
                .withStorePBKDFConfig(new PBKDF2Config.Builder()
                        .withPRF(PBKDF2Config.PRF_SHA512)
                        .withIterationCount(PBKDF2_ROUNDS)
                        .withSaltLength(64)
                        .build())
                .build());
        return out.toByteArray();
    }

    private static Content content(KeyStore store, char[] password) throws GeneralSecurityException {
        var generations = new TreeMap<KeyName, TreeMap<Integer, SecretBytes>>();
        var algorithms = new TreeMap<KeyName, KeyAlgorithm>();
        boolean demonstration = false;
        for (String alias : Collections.list(store.aliases())) {
            if (alias.equals(DEMONSTRATION_ALIAS)) {
                demonstration = true;
                continue;
            }
            var parsed = Alias.parse(alias);
            var before = algorithms.putIfAbsent(parsed.name(), parsed.algorithm());
            if (before != null && before != parsed.algorithm()) {
                throw new CryptoException(Code.KEYS_MISSING);
            }
            byte[] bytes = store.getKey(alias, password).getEncoded();
            generations
                    .computeIfAbsent(parsed.name(), name -> new TreeMap<>())
                    .put(parsed.generation(), SecretBytes.copyOf(bytes));
            Arrays.fill(bytes, (byte) 0);
        }
        var keys = new TreeMap<KeyName, RootKey>();
        algorithms.forEach((name, algorithm) -> keys.put(name, rootKey(algorithm, generations.get(name))));
        return new Content(keys, demonstration);
    }

    /** Generations are m, …, n without a gap, those before m retired; the single generation 0 marks a destroyed key. */
    private static RootKey rootKey(KeyAlgorithm algorithm, NavigableMap<Integer, SecretBytes> found) {
        if (found.containsKey(0) && found.size() == 1) {
            return new RootKey(algorithm, List.of());
        }
        int first = found.firstKey();
        if (first < 1 || found.lastKey() != first + found.size() - 1) {
            throw new CryptoException(Code.KEYS_MISSING);
        }
        return new RootKey(algorithm, first, new ArrayList<>(found.values()));
    }

    private static void put(KeyStore store, String alias, byte[] bytes, char[] password)
            throws GeneralSecurityException {
        store.setKeyEntry(alias, new SecretKeySpec(bytes, "AES"), password, null);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        return KeyStore.getInstance("BCFKS", new BouncyCastleProvider());
    }

    private char[] characters() {
        byte[] bytes = password.reveal();
        try {
            CharBuffer decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            var characters = new char[decoded.remaining()];
            decoded.get(characters);
            return characters;
        } catch (CharacterCodingException notText) {
            throw new CryptoException(Code.KEYS_MISSING, notText);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A key's place in the store. */
    record Alias(KeyName name, int generation, KeyAlgorithm algorithm) {
        static Alias parse(String alias) {
            String[] parts = alias.split("/", -1);
            if (parts.length != 3 || !parts[1].matches("0|[1-9][0-9]{0,3}")) {
                throw new CryptoException(Code.KEYS_MISSING);
            }
            return new Alias(
                    new KeyName(parts[0]),
                    Integer.parseInt(parts[1]),
                    KeyAlgorithm.fromLabel(parts[2]).orElseThrow(() -> new CryptoException(Code.KEYS_MISSING)));
        }
    }
}
