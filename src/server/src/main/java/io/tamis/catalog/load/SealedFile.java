package io.tamis.catalog.load;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A file of a version's {@code sealed/} folder: L4 and L5 values of one bucket, or a private dictionary.
 *
 * <p>Sealing is randomised, so the manifest cannot name the file's bytes and still be the same for the same upload; it
 * names a keyed digest of the text instead. Keyed, since a plain digest of a short file could be guessed.
 */
final class SealedFile extends FilterOutputStream {
    private static final byte[] DOMAIN = "tamis-sealed-v1".getBytes(StandardCharsets.UTF_8);

    private final Path file;
    private final MessageDigest digest = Hash.newSha256();

    /** What the manifest says of a sealed file. */
    record Entry(String name, Hash mac) {}

    /** A new file of this dataset under the version's data key. */
    SealedFile(Path file, DatasetId dataset, SecretBytes dataKey, RandomSource random) throws IOException {
        super(SealedStream.sealing(Files.newOutputStream(file), dataKey, scope(file, dataset), random));
        this.file = file;
    }

    /** The text of a file. */
    static InputStream open(Path file, DatasetId dataset, SecretBytes dataKey) throws IOException {
        var in = SealedStream.opening(
                new BufferedInputStream(Files.newInputStream(file)), dataKey, scope(file, dataset));
        return new BufferedInputStream(in);
    }

    @Override
    public void write(int b) throws IOException {
        digest.update((byte) b);
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        digest.update(bytes, from, length);
        out.write(bytes, from, length);
    }

    /** Ends the file durably and says what it is. */
    Entry finish(KeyProvider keys, DatasetId dataset) throws IOException {
        close();
        VersionFolder.force(file);
        String name = file.getFileName().toString();
        return new Entry(name, mac(keys, dataset, name, digest.digest()));
    }

    /** The keyed digest of a file whose text has this SHA-256. */
    static Hash mac(KeyProvider keys, DatasetId dataset, String name, byte[] textSha256) {
        return keys.mac(
                KeyName.DATASET_MAC,
                DOMAIN,
                dataset.value().getBytes(StandardCharsets.UTF_8),
                name.getBytes(StandardCharsets.UTF_8),
                textSha256);
    }

    private static String scope(Path file, DatasetId dataset) {
        return "sealed/" + dataset + "/" + file.getFileName();
    }
}
