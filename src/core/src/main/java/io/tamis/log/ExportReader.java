package io.tamis.log;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.TamisException;
import io.tamis.log.ExportResult.Broken;
import io.tamis.log.ExportResult.Problem;
import io.tamis.log.ExportResult.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Verifies an export. Entries are looked at before their file's digest, so that a changed entry is named and not only its
 * file. What is wrong travels as {@link Found}, inside this class alone.
 */
final class ExportReader {
    /** Largest file but {@code entries.jsonl}. */
    static final int FILE_BYTES_MAX = 4 << 20;

    /** Most entries of one verification: it holds their ids, 24 bytes each, to see that none comes twice. */
    static final long ENTRIES_MAX = 200_000_000;

    private final Path folder;
    private final List<VerifierKey> keys;
    private final ExportVisitor visitor;

    ExportReader(Path folder, List<VerifierKey> keys, ExportVisitor visitor) {
        if (keys.isEmpty()) {
            throw LogException.malformed();
        }
        this.folder = folder;
        this.keys = List.copyOf(keys);
        this.visitor = visitor;
    }

    ExportResult read() {
        try {
            var manifest = manifest();
            requireExactly(manifest.files().keySet());
            SignedNote note = note(manifest);
            Checkpoint checkpoint = checkpoint(note);
            var bundles = bundles(manifest);
            var start = visitor.opened(checkpoint, note, bundles);
            Hash digest = manifest.files().get(LogExport.ENTRIES);
            var pass = new EntryPass(folder.resolve(LogExport.ENTRIES), checkpoint.head(), digest, start, visitor);
            Optional<Broken> broken = pass.run();
            if (broken.isPresent()) {
                return broken.get();
            }
            var erasures = pass.erasures();
            return new Verified(
                    checkpoint,
                    note,
                    bundles,
                    reader -> readAgain(digest, reader),
                    erasures.erased(),
                    erasures.recorded(),
                    pass.edge());
        } catch (Found found) {
            return found.broken;
        } catch (IOException unreadable) {
            throw new LogException(Code.INTERNAL, unreadable);
        }
    }

    private ExportManifest manifest() throws IOException, Found {
        byte[] bytes = content(LogExport.MANIFEST);
        try {
            return ExportManifest.parse(bytes);
        } catch (TamisException malformed) {
            throw new Found(LogExport.MANIFEST, Problem.MANIFEST_MALFORMED);
        }
    }

    /** No file is missing and none is there that nothing vouches for. */
    private void requireExactly(Set<String> named) throws IOException, Found {
        var present = new TreeSet<String>();
        // The folder may be reached through a link; what is in it may not be one.
        Path walked = folder.toRealPath();
        try (var files = Files.walk(walked)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = walked.relativize(file).toString().replace('\\', '/');
                boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                if (!plain && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new Found(name, Problem.FILE_UNEXPECTED);
                }
                if (plain && present.add(name) && present.size() > ExportManifest.FILES_MAX + 1) {
                    throw new Found(name, Problem.FILE_UNEXPECTED);
                }
            }
        }
        for (String name : present) {
            if (!named.contains(name) && !name.equals(LogExport.MANIFEST)) {
                throw new Found(name, Problem.FILE_UNEXPECTED);
            }
        }
        var needed = new TreeSet<>(named);
        needed.add(LogExport.CHECKPOINT);
        needed.add(LogExport.ENTRIES);
        for (String name : needed) {
            if (!present.contains(name) || !named.contains(name)) {
                throw new Found(name, Problem.FILE_MISSING);
            }
        }
    }

    private SignedNote note(ExportManifest manifest) throws IOException, Found {
        byte[] bytes = unchanged(LogExport.CHECKPOINT, manifest);
        try {
            return SignedNote.parse(bytes);
        } catch (TamisException malformed) {
            throw new Found(LogExport.CHECKPOINT, Problem.CHECKPOINT_MALFORMED);
        }
    }

    /** Every key must have signed: one that is known to be the log's and did not sign is a sign of another's hand. */
    private Checkpoint checkpoint(SignedNote note) throws Found {
        Optional<Checkpoint> checkpoint = Optional.empty();
        for (VerifierKey key : keys) {
            try {
                checkpoint = Checkpoint.open(note, key);
            } catch (TamisException malformed) {
                throw new Found(LogExport.CHECKPOINT, Problem.CHECKPOINT_MALFORMED);
            }
            if (checkpoint.isEmpty()) {
                throw new Found(LogExport.CHECKPOINT, Problem.CHECKPOINT_NOT_SIGNED);
            }
        }
        return checkpoint.orElseThrow();
    }

    private Map<Hash, Map<String, byte[]>> bundles(ExportManifest manifest) throws IOException, Found {
        var bundles = new HashMap<Hash, Map<String, byte[]>>();
        for (String path : manifest.files().keySet()) {
            if (path.equals(LogExport.CHECKPOINT) || path.equals(LogExport.ENTRIES)) {
                continue;
            }
            String[] parts = path.split("/", 3);
            if (parts.length != 3 || !path.startsWith(LogExport.BUNDLES)) {
                throw new Found(path, Problem.FILE_UNEXPECTED);
            }
            bundles.computeIfAbsent(hash(parts[1], path), hash -> new TreeMap<>())
                    .put(parts[2], unchanged(path, manifest));
        }
        return bundles;
    }

    private static Hash hash(String hex, String path) throws Found {
        try {
            return Hash.parse(hex);
        } catch (TamisException notAHash) {
            throw new Found(path, Problem.FILE_UNEXPECTED);
        }
    }

    private void readAgain(Hash digest, Consumer<ExportEntry> reader) {
        try (var lines = new EntryLines(folder.resolve(LogExport.ENTRIES))) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                reader.accept(ExportEntry.parse(line.get()));
            }
            if (!lines.digest().equals(digest)) {
                throw LogException.malformed();
            }
        } catch (IOException unreadable) {
            throw new LogException(Code.INTERNAL, unreadable);
        }
    }

    private byte[] unchanged(String path, ExportManifest manifest) throws IOException, Found {
        byte[] bytes = content(path);
        if (!Hash.sha256(bytes).equals(manifest.files().get(path))) {
            throw new Found(path, Problem.FILE_CHANGED);
        }
        return bytes;
    }

    private byte[] content(String path) throws IOException, Found {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Found(path, Problem.FILE_MISSING);
        }
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new Found(path, Problem.FILE_TOO_LARGE);
        }
        return Files.readAllBytes(file);
    }

    /** Carries the first problem out of the loops. */
    private static final class Found extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Broken broken;

        Found(String where, Problem problem) {
            super(null, null, false, false);
            this.broken = new Broken(where, problem);
        }
    }
}
