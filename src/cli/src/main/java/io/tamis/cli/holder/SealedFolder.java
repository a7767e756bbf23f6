package io.tamis.cli.holder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.cli.client.OwnerOnly;
import io.tamis.crypto.CryptoException;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.Sealing;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DurableFile;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.RandomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Small files that only this holder's key store opens: AES-256-GCM under a data key of the folder's own, which {@link
 * KeyName#HOLDER_KEK} wraps. A file's name is sealed with it, so that files cannot change places. A file is replaced whole and
 * is on disk when {@link #put} returns.
 *
 * <p>NOT promised: that a file is the newest. Whoever puts an old copy of the folder back makes the holder forget what it
 * said; the guide forbids it.
 */
final class SealedFolder implements AutoCloseable {
    /** Largest content. */
    static final int BYTES_MAX = 16 << 20;

    private static final String KEY_FILE = "data-key";
    private static final String PLACE = "tamis-holder-store-v1/";
    private static final int KEY_FILE_BYTES_MAX = 1024;
    private static final int KEY_BYTES = 32;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,127}");

    private final Path folder;
    private final SecretBytes key;
    private final RandomSource random;

    private SealedFolder(Path folder, SecretBytes key, RandomSource random) {
        this.folder = folder;
        this.key = key;
        this.random = random;
    }

    /** Makes the folder's data key; {@code STATE_CONFLICT} when it has one. */
    static SealedFolder create(Path folder, KeyProvider keys, RandomSource random) {
        try {
            OwnerOnly.folder(folder);
            if (Files.exists(folder.resolve(KEY_FILE))) {
                throw new StoreException(Code.STATE_CONFLICT);
            }
            SecretBytes key = SecretBytes.random(KEY_BYTES, random);
            WrappedKey wrapped = keys.wrap(KeyName.HOLDER_KEK, key, place(KEY_FILE));
            Json.Obj text = Json.object()
                    .put("generation", wrapped.generation())
                    .put("blob", Base64.getEncoder().encodeToString(wrapped.blob()))
                    .build();
            DurableFile.replace(folder.resolve(KEY_FILE), text.canonicalBytes());
            return new SealedFolder(folder, key, random);
        } catch (IOException unwritable) {
            throw new StoreException(Code.INTERNAL, unwritable);
        }
    }

    /** Opens the folder; {@code KEYS_MISSING} when its data key is not there or is not this store's. */
    static SealedFolder open(Path folder, KeyProvider keys, RandomSource random) {
        try {
            Path file = folder.resolve(KEY_FILE);
            if (!Files.isRegularFile(file) || Files.size(file) > KEY_FILE_BYTES_MAX) {
                throw new StoreException(Code.KEYS_MISSING);
            }
            var fields = new JsonFields(Json.parse(Files.readAllBytes(file)));
            int generation = (int) fields.integer("generation", 1, Integer.MAX_VALUE);
            byte[] blob = Base64.getDecoder().decode(fields.string("blob", KEY_FILE_BYTES_MAX));
            fields.end();
            var wrapped = new WrappedKey(KeyName.HOLDER_KEK, generation, blob);
            return new SealedFolder(folder, keys.unwrap(KeyName.HOLDER_KEK, wrapped, place(KEY_FILE)), random);
        } catch (IOException | IllegalArgumentException | DataException | CryptoException unreadable) {
            throw new StoreException(Code.KEYS_MISSING, unreadable);
        }
    }

    /** Seals and stores; it is on disk when this returns. */
    synchronized void put(String name, byte[] content) {
        if (content.length > BYTES_MAX) {
            throw new StoreException(Code.TOO_LARGE);
        }
        try {
            DurableFile.replace(file(name), Sealing.seal(key, place(name), content, random));
        } catch (IOException unwritable) {
            throw new StoreException(Code.INTERNAL, unwritable);
        }
    }

    /** What is stored under this name; {@code INTERNAL} when the file is damaged, which is never taken for absence. */
    synchronized Optional<byte[]> find(String name) {
        Path file = file(name);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > BYTES_MAX + Sealing.OVERHEAD_BYTES) {
                throw new StoreException(Code.INTERNAL);
            }
            return Optional.of(Sealing.open(key, place(name), Files.readAllBytes(file)));
        } catch (IOException | CryptoException damaged) {
            throw new StoreException(Code.INTERNAL, damaged);
        }
    }

    /** A secret stored under this name, made and stored first when there is none. */
    SecretBytes secret(String name) {
        Optional<byte[]> stored = find(name);
        byte[] bytes = stored.orElseGet(() -> random.bytes(KEY_BYTES));
        try {
            if (stored.isEmpty()) {
                put(name, bytes);
            }
            return SecretBytes.copyOf(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Takes a file away for good; nothing when it is not there. */
    synchronized void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException unwritable) {
            throw new StoreException(Code.INTERNAL, unwritable);
        }
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches() || name.equals(KEY_FILE)) {
            throw new StoreException(Code.INVALID_REQUEST);
        }
        return folder.resolve(name);
    }

    private static byte[] place(String name) {
        return (PLACE + name).getBytes(UTF_8);
    }

    @Override
    public void close() {
        key.close();
    }
}
