package io.tamis.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Downloads the ledger's export and unpacks it into a folder. The archive is treated as hostile: names that leave the
 * folder, too many files and too many bytes are refused. Nothing is believed here; {@code audit verify} checks the folder.
 */
public final class ExportDownload {
    /** Most bytes unpacked; an entry is at most some 9 KiB. */
    static final long BYTES_MAX = 1L << 40;

    private static final int FILES_MAX = 20_000;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private long bytesLeft = BYTES_MAX;

    private ExportDownload(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Downloads into this folder, which must be empty or not there yet. It holds the opened log, so that nobody but its owner
     * reads it; a download that fails leaves nothing behind.
     */
    public static void into(Path folder, ApiClient officer) {
        try {
            boolean there = Files.exists(folder);
            if (there && !isEmpty(folder)) {
                throw ClientException.usage("the folder is not empty: " + folder);
            }
            OwnerOnly.folder(folder);
            boolean done = false;
            try {
                fill(folder, officer);
                done = true;
            } finally {
                if (!done) {
                    OwnerOnly.delete(folder, there);
                }
            }
        } catch (IOException unwritable) {
            throw ClientException.usage("cannot write the export to " + folder);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void fill(Path folder, ApiClient officer) throws IOException {
        // The JDK gives a temporary file the mode 0600.
        Path zip = Files.createTempFile("tamis-export-", ".zip");
        try {
            officer.download("/v1/ledger/export", zip).orRefused();
            new ExportDownload(folder).unpack(zip);
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    void unpack(Path zip) throws IOException {
        int files = 0;
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++files > FILES_MAX) {
                    throw hostile();
                }
                if (!entry.isDirectory()) {
                    write(in, entry.getName());
                }
            }
        }
    }

    private void write(InputStream in, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw hostile();
        }
        OwnerOnly.folder(file.getParent());
        try (OutputStream out = OwnerOnly.newFile(file)) {
            var buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytesLeft -= read;
                if (bytesLeft < 0) {
                    throw hostile();
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static ClientException hostile() {
        return ClientException.usage("the archive is not an export of a ledger");
    }
}
