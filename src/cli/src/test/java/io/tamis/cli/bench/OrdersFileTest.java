package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersFileTest {
    @TempDir
    Path folder;

    @Test
    void write_sameRows_isTheSameFile() throws IOException {
        assertEquals(hash(1_000), hash(1_000));
    }

    @Test
    void write_anyRow_fitsTheDeclaration() throws IOException {
        var lines = Files.readAllLines(written(10_000));
        assertEquals("buyer_phone,amount_cny,sku_category,ordered_on", lines.getFirst());
        assertEquals(10_001, lines.size());
        assertTrue(
                lines.stream()
                        .skip(1)
                        .allMatch(
                                line -> line.matches(
                                        "138[0-9]{8},[0-9]{1,4}\\.[0-9]{2},(books|clothing|electronics|food|home|sports|toys),2026-[01][0-9]-[0-3][0-9]")));
    }

    @Test
    void write_anyPerson_hasFewerRowsThanDeclared() throws IOException {
        try (var lines = Files.lines(written(100_000))) {
            var perPerson =
                    lines.skip(1).collect(Collectors.groupingBy(line -> line.substring(0, 11), Collectors.counting()));
            assertTrue(perPerson.values().stream().allMatch(rows -> rows <= 1_000));
            assertTrue(perPerson.size() > 4_900);
        }
    }

    private Hash hash(int rows) throws IOException {
        return Hash.sha256(Files.readAllBytes(written(rows)));
    }

    private Path written(int rows) throws IOException {
        Path file = Files.createTempFile(folder, "orders", ".csv");
        OrdersFile.write(file, rows);
        return file;
    }
}
