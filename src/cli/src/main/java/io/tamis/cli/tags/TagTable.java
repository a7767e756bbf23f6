package io.tamis.cli.tags;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.CsvRecords;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.Shell;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.TagOrder;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.IdentifierText;
import io.tamis.data.Semantic;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The platform's own file read once: the persons in the order of the version, and each tag's values. 20 bytes a person for the
 * order and, for each tag, a bit, 4 or 8 bytes: 10 million persons with one tag in about 300 MB.
 */
record TagTable(TagOrder order, List<TagValues> values) {
    private static final String READING = "reading";

    TagTable {
        values = List.copyOf(values);
    }

    /**
     * Reads a CSV with a header; other columns than the unit's and the tags' are passed over. BAD_ROW names the line of the
     * first row that does not fit; one person twice is BAD_ROW too.
     *
     * @param expected about how many persons there are
     */
    static TagTable read(
            Path csv,
            OwnDataset dataset,
            TagTarget target,
            SecretBytes key,
            List<TaggedColumn> tags,
            int expected,
            Shell shell) {
        try (var counted = new Counted(Files.newInputStream(csv));
                var builder = new TagOrder.Builder(key, target.dataset(), target.version(), expected)) {
            var progress = new Progress(shell, READING, Files.size(csv));
            var records = new CsvRecords(counted);
            if (!records.next()) {
                throw ClientException.usage(csv + " is empty: a CSV begins with the names of its columns");
            }
            var reading = new Reading(csv, records, dataset, tags, expected);
            while (records.next()) {
                if (!records.isEmpty()) {
                    reading.row(builder);
                    progress.at(counted.count);
                }
            }
            progress.clear();
            return new TagTable(builder.finish(), reading.values);
        } catch (DataException repeated) {
            throw new ClientException(
                    repeated.code(),
                    ExitCode.NO,
                    repeated.code() == Code.BAD_ROW
                            ? "two rows of " + csv + " are of one person (their identifiers are one once normalised)"
                            : csv + " has more persons than tags can have",
                    repeated);
        } catch (IOException unreadable) {
            throw ClientException.usage("cannot read " + csv);
        }
    }

    private static final class Reading {
        private final CsvRecords records;
        private final Semantic semantic;
        private final int unit;
        private final int[] fields;
        private final List<TaggedColumn> tags;
        private final List<TagValues> values;
        private final int width;
        private int rows;

        Reading(Path csv, CsvRecords records, OwnDataset dataset, List<TaggedColumn> tags, int expected) {
            this.records = records;
            this.semantic = dataset.semantic();
            List<String> header = records.header();
            this.width = header.size();
            this.unit = position(csv, header, dataset.unit().column().value());
            this.tags = tags;
            this.fields = tags.stream()
                    .mapToInt(tag -> position(csv, header, tag.spec().column().value()))
                    .toArray();
            this.values =
                    tags.stream().map(tag -> TagValues.of(tag.spec(), expected)).toList();
        }

        private static int position(Path csv, List<String> header, String column) {
            int position = header.indexOf(column);
            if (position < 0 || header.lastIndexOf(column) != position) {
                throw ClientException.usage(csv + " has no column " + column + ", or has it twice");
            }
            return position;
        }

        void row(TagOrder.Builder builder) {
            if (records.fields() != width) {
                throw records.bad();
            }
            String text = records.text(unit);
            boolean clean = IdentifierText.isClean(text.toCharArray(), 0, text.length());
            byte[] person = (clean ? IdentifierText.normalise(semantic, text) : java.util.Optional.<String>empty())
                    .orElseThrow(records::bad)
                    .getBytes(StandardCharsets.UTF_8);
            builder.add(person, 0, person.length);
            for (int tag = 0; tag < fields.length; tag++) {
                OptionalLong value = tags.get(tag).value(records.text(fields[tag]));
                values.get(tag).set(rows, value.orElseThrow(records::bad));
            }
            rows++;
        }
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(read, 0);
            return read;
        }
    }
}
