package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return read(folder, List.of(key), new ExportVisitor() {});
    }

    /**
     * The same with several keys, all of which must have signed, and in one pass with somebody who looks into the entries;
     * what that one heard counts for nothing when the export is {@code Broken}.
     */
    public static ExportResult read(Path folder, List<VerifierKey> keys, ExportVisitor visitor) {
        return new ExportReader(folder, keys, visitor).read();
    }

    /** Which log the checkpoint in this folder claims to be of, to choose the keys it is read with; empty when it is none. */
    public static Optional<String> claimedOrigin(Path folder) {
        Path file = folder.resolve(CHECKPOINT);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > SignedNote.BYTES_MAX) {
                return Optional.empty();
            }
            String text = Files.readString(file, UTF_8);
            return Optional.of(text.substring(0, Math.max(0, text.indexOf('\n'))));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
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

    /** The same from lines that somebody has made of entries before, for example several threads at once. */
    public void lines(Iterable<byte[]> lines) throws IOException {
        try (var out = open(ENTRIES)) {
            for (var line : lines) {
                out.write(line);
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
