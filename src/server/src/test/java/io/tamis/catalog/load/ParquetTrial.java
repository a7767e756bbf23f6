package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.catalog.parquet.ParquetSource;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads hostile files up to the spill: what is not a coded refusal of the caller's file, or takes long, fails the test. */
record ParquetTrial(Dataset dataset, Spill spill) {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** The code of the refusal, or nothing when the file is taken. */
    Optional<Code> refused(byte[] file, long bytesMax) {
        return assertTimeoutPreemptively(LONGEST, () -> {
            try (var unitKeys = new UnitKeys(
                    new InsecureTestKeys(), dataset.id(), dataset.unit().orElseThrow())) {
                var layout = RowLayout.of(dataset);
                var dictionaries = layout.scanned().stream()
                        .map(column -> RowLayout.hasDictionary(column)
                                ? Optional.of(new Dictionary(column, 1_000_000))
                                : Optional.<Dictionary>empty())
                        .toList();
                var sink = new RowSink(layout, dictionaries, unitKeys, spill);
                ParquetRows.read(new Bytes(file), 0, dataset, sink, bytesMax);
                return Optional.empty();
            } catch (LoadException named) {
                assertTrue(List.of(Code.INVALID_REQUEST, Code.TOO_LARGE, Code.BAD_ROW)
                        .contains(named.code()));
                assertNull(named.getCause());
                return Optional.of(named.code());
            }
        });
    }

    /** Bytes in memory. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bytes(byte[] bytes) implements ParquetSource {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(long offset, byte[] into, int length) {
            System.arraycopy(bytes, Math.toIntExact(offset), into, 0, length);
        }
    }
}
