package io.tamis.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns of a dataset that its owner gives away encrypted only ({@code ENCRYPTED_ONLY}): an upload leaves them out. The
 * service refuses a file that has them; this command takes them out of CSV before a byte is sent.
 */
public record Withheld(Set<String> columns) {
    /** Nothing is. */
    public static final Withheld NONE = new Withheld(Set.of());

    private static final String USE = "ENCRYPTED_ONLY";

    public Withheld {
        columns = Set.copyOf(columns);
    }

    /** What is withheld of a dataset as {@code GET /v1/datasets/ID} shows it. */
    public static Withheld of(JsonView dataset) {
        var columns = new TreeSet<String>();
        for (JsonView column : dataset.at("columns").items()) {
            boolean encryptedOnly = column.at("uses").items().stream()
                    .anyMatch(use -> use.text().equals(USE));
            if (encryptedOnly) {
                columns.add(column.at("name").text());
            }
        }
        return new Withheld(columns);
    }

    /** A file's bytes as they are sent: of a CSV without these columns, of others all. */
    InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        boolean csv = FileKind.of(file).equals(Optional.of(FileKind.CSV));
        return csv && !columns.isEmpty() ? new Cut(in, columns) : in;
    }

    /** A CSV without some of its columns, made as it is read. */
    private static final class Cut extends InputStream {
        private static final int WINDOW_BYTES = 1 << 12;

        private final InputStream in;
        private final CsvRecords records;
        private final Set<String> columns;
        private final Window window = new Window(WINDOW_BYTES);
        private boolean[] without = {};
        private boolean ended;

        Cut(InputStream in, Set<String> columns) {
            this.in = in;
            this.records = new CsvRecords(in);
            this.columns = columns;
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
                ended = !records.next();
                if (!ended) {
                    copy();
                }
            }
            return window.take(bytes, from, length);
        }

        private void copy() throws IOException {
            if (without.length == 0) {
                var names = records.header();
                without = new boolean[names.size()];
                for (int field = 0; field < without.length; field++) {
                    without[field] = columns.contains(names.get(field));
                }
            }
            if (records.fields() == without.length) {
                records.copyTo(window, without);
            } else if (!records.isEmpty()) {
                // Which of its values is withheld, nobody can say.
                throw records.bad();
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
