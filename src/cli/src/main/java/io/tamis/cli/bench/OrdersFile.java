package io.tamis.cli.bench;

import io.tamis.cli.client.ClientException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * Orders of nobody: rows that fit policies/datasets/orders.yaml, always the same ones for a number of rows. Persons come in
 * random order, about twenty orders each, as the importer must cluster them itself.
 */
final class OrdersFile {
    private static final long SEED = 20_261_124;
    private static final int ROWS_PER_PERSON = 20;
    private static final String[] CATEGORIES = {"books", "clothing", "electronics", "food", "home", "sports", "toys"};
    private static final String[] DAYS = LocalDate.of(2026, 1, 1)
            .datesUntil(LocalDate.of(2027, 1, 1))
            .map(LocalDate::toString)
            .toArray(String[]::new);

    private OrdersFile() {}

    /** Writes so many rows. */
    static void write(Path file, int rows) {
        var random = new SplittableRandom(SEED);
        int persons = Math.max(1, rows / ROWS_PER_PERSON);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write("buyer_phone,amount_cny,sku_category,ordered_on\n".getBytes(StandardCharsets.US_ASCII));
            var line = new StringBuilder();
            for (int row = 0; row < rows; row++) {
                line.setLength(0);
                // 138 and eight digits: the form of a Chinese mobile number.
                line.append(13_800_000_000L + random.nextInt(persons))
                        .append(',')
                        .append(random.nextInt(2_000))
                        .append('.')
                        .append((char) ('0' + random.nextInt(10)))
                        .append((char) ('0' + random.nextInt(10)))
                        .append(',')
                        .append(CATEGORIES[random.nextInt(CATEGORIES.length)])
                        .append(',')
                        .append(DAYS[random.nextInt(DAYS.length)])
                        .append('\n');
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException full) {
            throw ClientException.usage("cannot write " + file);
        }
    }
}
