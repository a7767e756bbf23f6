package io.tamis.catalog.load;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.RandomSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes the folder of one version from an upload, in two passes of bounded memory: {@link #read} checks every field
 * and deals the rows to 64 sealed spill files by the person's key; {@link #write} orders each bucket and writes its scan
 * file and its sidecar.
 *
 * <p>Crash story: everything happens in a temporary folder that nobody reads; until the caller moves it into place and
 * commits its row, the old versions are all there is. A folder left behind is swept at the next start, and the
 * identifiers in its spill are sealed under a key that died with the process.
 */
public final class CsvImport implements AutoCloseable {
    /** Names inside a version's folder. */
    static final String SCAN = "scan";

    static final String SEALED = "sealed";

    private static final String WORK = "work";
    private static final int KEY_BYTES = 32;

    /** The part number of an upload without parts. */
    private static final int ONLY_PART = 0;

    private final Dataset declared;
    private final RowLayout layout;
    private final Path folder;
    private final KeyProvider keys;
    private final RandomSource random;
    private final Effort effort;
    private final List<Optional<Dictionary>> dictionaries;
    private final SecretBytes spillKey;
    private final SecretBytes dataKey;
    private final Spill spill;
    private long rows;

    /** What the Parquet files of the upload, all together, may still unpack to. */
    private long unpackedLeft;

    /** A finished folder, ready to be moved into place. */
    public record Imported(Hash contentHash, WrappedKey dataKey, long rows) {}

    /** An import into {@code folder}, which is empty and the caller's to delete. */
    public CsvImport(Dataset dataset, Path folder, KeyProvider keys, RandomSource random, Effort effort)
            throws IOException {
        this.declared = dataset;
        this.layout = RowLayout.of(dataset);
        this.folder = folder;
        this.keys = keys;
        this.random = random;
        this.effort = effort;
        this.dictionaries = dictionaries(layout);
        Path work = Files.createDirectory(folder.resolve(WORK));
        this.spillKey = SecretBytes.random(KEY_BYTES, random);
        this.dataKey = SecretBytes.random(KEY_BYTES, random);
        this.spill = Spill.create(work, spillKey, random);
    }

    /** Reads a whole CSV; throws BAD_ROW or TOO_LARGE at the first row that cannot be taken. */
    public void read(InputStream csv) throws IOException {
        read(csv, UploadKind.CSV, Long.MAX_VALUE);
    }

    /** Reads the whole upload, of which at most {@code bytesMax} are unpacked; all its parts are one version. */
    public void read(InputStream upload, UploadKind kind, long bytesMax) throws IOException {
        try (var unitKeys = new UnitKeys(keys, layout.dataset().id(), layout.unit())) {
            var sink = new RowSink(layout, dictionaries, unitKeys, spill);
            unpackedLeft = bytesMax;
            switch (kind) {
                case CSV, PARQUET -> readPart(upload, ONLY_PART, kind, sink);
                case ZIP -> ZipParts.read(upload, bytesMax, (part, of, bytes) -> readPart(bytes, part, of, sink));
            }
            rows = sink.rows();
        }
        spill.finish();
    }

    private void readPart(InputStream bytes, int part, UploadKind kind, RowSink sink) throws IOException {
        switch (kind) {
            case CSV -> CsvRows.read(bytes, part, declared, sink);
            case PARQUET -> {
                // Parquet is read from its end, so it must be there as a whole first.
                Path spooled = folder.resolve(WORK).resolve("upload-" + part);
                try (var spool = SealedSpool.of(bytes, spooled, spillKey, random)) {
                    unpackedLeft -= ParquetRows.read(spool, part, declared, sink, unpackedLeft);
                }
            }
            case ZIP -> throw LoadException.malformed(part);
        }
    }

    /** Writes the folder durably, all of it, before it says what it is. */
    public Imported write() throws IOException {
        Path scan = Files.createDirectory(folder.resolve(SCAN));
        Path sealed = Files.createDirectory(folder.resolve(SEALED));
        var sealedFiles = new ArrayList<SealedFile.Entry>();
        var codes = new int[dictionaries.size()][];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = dictionaries.get(i).isEmpty()
                    ? new int[0]
                    : writeDictionary(dictionaries.get(i).get(), sealedFiles);
        }
        var files = new ArrayList<BucketFile>();
        long overfull = Long.MAX_VALUE;
        for (var bucket : writeBuckets(codes)) {
            files.add(bucket.file());
            sealedFiles.add(bucket.sidecar());
            overfull = Math.min(overfull, bucket.overfullPlace());
        }
        if (overfull != Long.MAX_VALUE) {
            throw LoadException.badRow(
                    RowPlace.unpacked(overfull), layout.unit().column());
        }
        VersionFolder.delete(folder.resolve(WORK));
        var manifest = new Manifest(layout.dataset(), files, sealedFiles);
        Path manifestFile = Files.write(folder.resolve(Manifest.FILE), manifest.bytes());
        for (Path written : List.of(manifestFile, scan, sealed, folder)) {
            VersionFolder.force(written);
        }
        Hash contentHash = manifest.contentHash();
        return new Imported(
                contentHash,
                keys.wrap(KeyName.DATASET_KEK, dataKey, place(layout.dataset().id(), contentHash)),
                rows);
    }

    /** Where a version's data key belongs; its wrapping opens nowhere else. */
    static byte[] place(DatasetId dataset, Hash contentHash) {
        return ("tamis-dataset-key-v1/" + dataset + "/" + contentHash.hex()).getBytes(StandardCharsets.UTF_8);
    }

    /** Name of the sealed file of a column's dictionary. */
    static String dictionaryFile(io.tamis.data.ColumnName column) {
        return "dictionary-" + column + ".sealed";
    }

    /** Name of the sealed file of a bucket's L4 and L5 values. */
    static String sidecarFile(int bucket) {
        return String.format(Locale.ROOT, "part-%05d.sealed", bucket);
    }

    @Override
    public void close() throws IOException {
        try (spillKey;
                dataKey) {
            spill.close();
        }
    }

    private static List<Optional<Dictionary>> dictionaries(RowLayout layout) {
        long count = layout.scanned().stream().filter(RowLayout::hasDictionary).count();
        return layout.scanned().stream()
                .map(column -> RowLayout.hasDictionary(column)
                        ? Optional.of(new Dictionary(column, (int) (Dictionary.CHARS_MAX / count)))
                        : Optional.<Dictionary>empty())
                .toList();
    }

    private int[] writeDictionary(Dictionary dictionary, List<SealedFile.Entry> sealedFiles) throws IOException {
        var id = layout.dataset().id();
        Path file = folder.resolve(SEALED)
                .resolve(dictionaryFile(dictionary.column().name()));
        try (var out = new SealedFile(file, id, dataKey, random)) {
            int[] codes = dictionary.finish(keys, id, out);
            sealedFiles.add(out.finish(keys, id));
            return codes;
        }
    }

    private record Bucket(BucketFile file, SealedFile.Entry sidecar, long overfullPlace) {}

    private List<Bucket> writeBuckets(int[][] codes) {
        return PartWork.run(effort.threads(), BucketFile.BUCKETS, parts -> writeBuckets(parts, codes)).stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(bucket -> bucket.file().bucket()))
                .toList();
    }

    /** The work of one worker. DuckDB's native code writes into the folder, so it must have ended before that vanishes. */
    private List<Bucket> writeBuckets(PartWork.Parts parts, int[][] codes) throws IOException {
        var buckets = new ArrayList<Bucket>();
        try (var database = new ScanDatabase(folder.resolve(SCAN), folder.resolve(WORK))) {
            for (var bucket = parts.next(); bucket.isPresent(); bucket = parts.next()) {
                if (spill.rows(bucket.getAsInt()) > 0) {
                    buckets.add(writeBucket(bucket.getAsInt(), codes, database));
                }
            }
        }
        return buckets;
    }

    private Bucket writeBucket(int bucket, int[][] codes, ScanDatabase database) throws IOException {
        var id = layout.dataset().id();
        String name = String.format(Locale.ROOT, "part-%05d.parquet", bucket);
        Path scanFile = folder.resolve(SCAN).resolve(name).toAbsolutePath();
        Path sidecarFile = folder.resolve(SEALED).resolve(sidecarFile(bucket));
        try (var scan = new ScanWriter(layout.scanned(), scanFile, database);
                var sidecar = new SealedFile(sidecarFile, id, dataKey, random)) {
            long overfullPlace = new BucketWriter(layout, codes, effort, scan, sidecar).write(spill, bucket);
            return new Bucket(scan.finish(bucket), sidecar.finish(keys, id), overfullPlace);
        }
    }
}
