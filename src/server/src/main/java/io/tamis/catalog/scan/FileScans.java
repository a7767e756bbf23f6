package io.tamis.catalog.scan;

import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.data.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Scans a version in shards. Each file is in one shard, each person in one file. */
public final class FileScans {
    private FileScans() {}

    /** What one shard makes of the rows of its files; used by one thread. */
    public interface Reading<T> {
        /** Reads the rows of one file. */
        void file(ScanFile file, ResultSet rows) throws SQLException;

        /** What all its files came to. */
        T result();
    }

    /** What each shard's reading came to; empty for a version without files. */
    public static <T> List<T> run(
            Snapshot snapshot, ScanQuery query, Supplier<Reading<T>> readings, Deadline deadline) {
        List<ScanFile> files = snapshot.files().stream()
                .sorted(Comparator.comparingInt(ScanFile::bucket))
                .toList();
        if (files.isEmpty()) {
            return List.of();
        }
        Path folder = folder(snapshot);
        int count = Shards.count(files.size());
        var shards = new ArrayList<ShardScan<T>>();
        for (int shard = 0; shard < count; shard++) {
            int own = shard;
            List<ScanFile> ownFiles = IntStream.range(0, files.size())
                    .filter(i -> i % count == own)
                    .mapToObj(files::get)
                    .toList();
            shards.add(new ShardScan<>(folder, ownFiles, query, readings.get(), deadline));
        }
        return Shards.run(shards, deadline);
    }

    /** Without symbolic links, so that DuckDB's check of the folder and ours mean the same one. */
    private static Path folder(Snapshot snapshot) {
        try {
            return snapshot.scanFolder().toRealPath();
        } catch (IOException gone) {
            throw new ScanException(Code.JOB_FAILED);
        }
    }
}
