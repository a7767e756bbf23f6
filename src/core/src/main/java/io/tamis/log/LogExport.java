package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * A log to take away: {@code checkpoint}, {@code entries.jsonl}, {@code bundles/<hash>/…} and {@code MANIFEST}. Written in
 * one pass over the entries in bounded memory; {@link #read} verifies it offline.
 */
public final class LogExport {
    static final String MANIFEST = "MANIFEST";
    static final String CHECKPOINT = "checkpoint";
    static final String ENTRIES = "entries.jsonl";
    static final String BUNDLES = "bundles/";

    private final Target target;
    private final Map<String, Hash> written = new TreeMap<>();

    /** An export to be written there, in the order entries, bundles, checkpoint, {@link #finish}. */
    public LogExport(Target target) {
        this.target = target;
    }

    /** Where files go: a folder, a zip stream. One file is open at a time. */
    @FunctionalInterface
    public interface Target {
        /** Opens a file; closing the stream ends it. */
        OutputStream file(String path) throws IOException;

        /** Files in this folder, which must exist. */
        static Target folder(Path folder) {
            return path -> {
                Path file = folder.resolve(ExportManifest.requirePath(path));
                Files.createDirectories(file.getParent());
                return Files.newOutputStream(file);
            };
        }
    }

    /** Verifies the export in this folder against the log's key, without holding its entries in memory. */
    public static ExportResult read(Path folder, VerifierKey key) {
        return new ExportReader(folder, key).read();
    }

    /** Writes all entries, 0 to size - 1, in order. */
    public void entries(Iterable<ExportEntry> entries) throws IOException {
        try (var out = open(ENTRIES)) {
            for (var entry : entries) {
                out.write(entry.line());
                out.write('\n');
            }
        }
    }

    /** Writes the files of a policy bundle. */
    public void bundle(Hash hash, Map<String, byte[]> files) throws IOException {
        for (var file : new TreeMap<>(files).entrySet()) {
            write(BUNDLES + hash.hex() + "/" + file.getKey(), file.getValue());
        }
    }

    /** Writes the signed checkpoint of exactly these entries. */
    public void checkpoint(SignedNote note) throws IOException {
        write(CHECKPOINT, note.encoded().getBytes(UTF_8));
    }

    /** Writes the manifest; the export is complete. */
    public void finish() throws IOException {
        try (var out = target.file(MANIFEST)) {
            out.write(new ExportManifest(written).bytes());
        }
    }

    private void write(String path, byte[] content) throws IOException {
        try (var out = open(path)) {
            out.write(content);
        }
    }

    /** A stream that notes the file's digest when it is closed. */
    private OutputStream open(String path) throws IOException {
        var digest = Hash.newSha256();
        var file = target.file(ExportManifest.requirePath(path));
        return new DigestOutputStream(file, digest) {
            @Override
            public void close() throws IOException {
                super.close();
                written.put(path, Hash.of(digest.digest()));
            }
        };
    }
}
