package io.tamis.catalog.load;

import io.tamis.crypto.SystemRandom;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * Loads a generated file through the importer alone: {@code LoadBench rows folder [parquet]}. Numbers go to
 * docs/performance.md.
 */
final class LoadBench {
    private static final String[] CATEGORIES = {"books", "clothing", "electronics", "food", "home", "sports", "toys"};

    private static final Effort EFFORT = Effort.DEFAULT;

    private LoadBench() {}

    /** Generates once, loads three times. */
    public static void main(String[] args) throws IOException, SQLException {
        long rows = Long.parseLong(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]));
        Path csv = folder.resolve("orders-" + rows + ".csv");
        if (!Files.exists(csv)) {
            generate(csv, rows);
        }
        var kind = args.length > 2 ? UploadKind.PARQUET : UploadKind.CSV;
        Path upload = kind == UploadKind.CSV ? csv : parquet(csv);
        var dataset = Declared.dataset("orders")
                .rowsMax(1_000)
                .unit("CN_MOBILE")
                .amount("amount_cny", 2)
                .coded("sku_category", CATEGORIES)
                .build();
        for (int run = 0; run < 3; run++) {
            Path work = VersionFolder.createTemporary(folder);
            long start = System.nanoTime();
            try (var in = Files.newInputStream(upload);
                    var load = new CsvImport(dataset, work, new InsecureTestKeys(), new SystemRandom(), EFFORT)) {
                load.read(in, kind, Long.MAX_VALUE);
                long read = System.nanoTime();
                var imported = load.write();
                long end = System.nanoTime();
                System.out.printf(
                        "%d rows, read %.2f s, write %.2f s, %.0f rows/s, heap peak %d MB, %s%n",
                        imported.rows(),
                        (read - start) / 1e9,
                        (end - read) / 1e9,
                        imported.rows() * 1e9 / (end - start),
                        heapPeakMb(),
                        imported.contentHash());
            }
            VersionFolder.delete(work);
        }
    }

    private static Path parquet(Path csv) throws SQLException {
        Path file = csv.resolveSibling(csv.getFileName() + ".parquet");
        if (!Files.exists(file)) {
            try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                    var statement = connection.createStatement()) {
                statement.execute("COPY (SELECT buyer::VARCHAR AS buyer, amount_cny::DECIMAL(12, 2) AS amount_cny,"
                        + " sku_category FROM read_csv('" + csv + "', header = true, all_varchar = true)) TO '" + file
                        + "' (FORMAT parquet)");
            }
        }
        return file;
    }

    private static long heapPeakMb() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }

    private static void generate(Path csv, long rows) throws IOException {
        var random = new SplittableRandom(7);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(csv), 1 << 20)) {
            out.write("buyer,amount_cny,sku_category\n".getBytes(StandardCharsets.US_ASCII));
            for (long i = 0; i < rows; i++) {
                String line = "138%08d,%d.%02d,%s%n"
                        .formatted(
                                random.nextInt(500_000) * 13L,
                                random.nextInt(5_000),
                                random.nextInt(100),
                                CATEGORIES[random.nextInt(7)]);
                out.write(line.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
