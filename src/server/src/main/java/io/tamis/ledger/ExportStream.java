package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.log.ExportEntry;
import io.tamis.log.LogExport;
import jakarta.inject.Singleton;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Writes a whole log up to a published checkpoint as a zip of the export's files, a page of entries at a time. It needs no
 * long transaction: rows below a checkpoint never change, and a bundle an entry names was stored before that entry.
 */
@Singleton
final class ExportStream {
    private static final int PAGE = 500;

    private final Jdbi jdbi;
    private final LogReader reader;

    ExportStream(Jdbi jdbi, LogReader reader) {
        this.jdbi = jdbi;
        this.reader = reader;
    }

    void write(Shard log, PublishedLog.Published published, OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            var export = new LogExport(path -> zipped(zip, path));
            export.entries(() -> new Pages(log.log(), published.head().size()));
            for (Hash bundle : jdbi.withHandle(ExportStream::bundles)) {
                export.bundle(bundle, jdbi.withHandle(handle -> files(handle, bundle)));
            }
            export.checkpoint(published.note());
            export.finish();
        }
    }

    /** A file of the zip. Its time is fixed: an export of the same log is the same bytes. */
    private static OutputStream zipped(ZipOutputStream zip, String path) throws IOException {
        var entry = new ZipEntry(path);
        entry.setTime(0);
        zip.putNextEntry(entry);
        return new FilterOutputStream(zip) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                zip.closeEntry();
            }
        };
    }

    private static List<Hash> bundles(Handle handle) {
        return handle.createQuery("SELECT DISTINCT hash FROM policy_bundle ORDER BY hash")
                .mapTo(byte[].class)
                .map(Hash::of)
                .list();
    }

    private static Map<String, byte[]> files(Handle handle, Hash bundle) {
        var files = new TreeMap<String, byte[]>();
        handle.createQuery("SELECT path, content FROM policy_bundle WHERE hash = :hash")
                .bind("hash", bundle.bytes())
                .map((row, context) -> Map.entry(row.getString("path"), row.getBytes("content")))
                .forEach(file -> files.put(file.getKey(), file.getValue()));
        return files;
    }

    /** The entries 0 to size - 1, read as they are asked for. */
    private final class Pages implements Iterator<ExportEntry> {
        private final short log;
        private final long size;
        private final Deque<LogReader.Found> page = new ArrayDeque<>();
        private long next;

        Pages(short log, long size) {
            this.log = log;
            this.size = size;
        }

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public ExportEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (page.isEmpty()) {
                page.addAll(reader.page(log, next, PAGE));
            }
            var found = page.pollFirst();
            if (found == null || found.index().getAsLong() != next) {
                throw new LedgerException(Code.LEDGER_UNAVAILABLE);
            }
            next++;
            return found.entry().orElseThrow();
        }
    }
}
