package io.tamis.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip of files, made as it is read, in bounded memory. Its bytes depend on the files' names and content only: no times
 * and no owners; and it does not compress, so that no library's version matters and a fast network is not made to wait.
 */
final class PartsZip extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    /** The first instant a zip can say. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Iterator<Path> files;
    private final Withheld withheld;
    private final Window window = new Window(2 * BUFFER_BYTES);
    private final ZipOutputStream zip = new ZipOutputStream(window);
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private InputStream file = InputStream.nullInputStream();
    private boolean inFile;
    private boolean ended;

    PartsZip(List<Path> files, Withheld withheld) {
        this.files = files.iterator();
        this.withheld = withheld;
        zip.setLevel(Deflater.NO_COMPRESSION);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (window.isEmpty() && !ended) {
            step();
        }
        return window.take(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
        file.close();
        zip.close();
    }

    /** Writes a little more of the zip into the window. */
    private void step() throws IOException {
        if (inFile) {
            int read = file.read(buffer);
            if (read >= 0) {
                zip.write(buffer, 0, read);
                return;
            }
            file.close();
            zip.closeEntry();
            inFile = false;
        } else if (files.hasNext()) {
            Path next = files.next();
            file = withheld.open(next);
            var entry = new ZipEntry(next.getFileName().toString());
            entry.setTimeLocal(NO_TIME);
            zip.putNextEntry(entry);
            inFile = true;
        } else {
            zip.finish();
            ended = true;
        }
    }
}
