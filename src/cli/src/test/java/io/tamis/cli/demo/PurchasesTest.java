package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.cli.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurchasesTest {
    private static final LocalDate FROM = LocalDate.of(1997, 1, 1);
    private static final LocalDate TO = LocalDate.of(1997, 9, 30);

    @TempDir
    Path folder;

    @Test
    void quarters_purchasesOfOnePersonAndQuarter_areClippedTogether() throws IOException {
        var purchases = read("""
            customer_id,purchased_on,cds,amount_usd
            00004,1997-01-01,2,100.00
            00004,1997-03-31,2,100.00
            00021,1997-02-01,1,29.33
            00004,1997-04-01,1,7.5
            """);
        assertEquals(
                List.of(
                        new Purchases.Quarter("1997-Q1", 2, 22_933, 17_933),
                        new Purchases.Quarter("1997-Q2", 1, 750, 750)),
                purchases.quarters());
    }

    @Test
    void quarters_purchasesOutsideTheDays_countAsRowsOnly() throws IOException {
        var purchases = read("h\n1,1996-12-31,1,1.00\n1,1997-10-01,1,1.00\n1,1997-09-30,1,1.00\n");
        assertEquals(3, purchases.rows());
        assertEquals(List.of(new Purchases.Quarter("1997-Q3", 1, 100, 100)), purchases.quarters());
    }

    @Test
    void read_anythingElse_isWrongUsage() {
        assertThrows(ClientException.class, () -> read("h\n1,1997-01-01,1\n"));
        assertThrows(ClientException.class, () -> read("h\n1,19970101,1,1.00\n"));
        assertThrows(ClientException.class, () -> read("h\n1,1997-01-01,1,1.001\n"));
        assertThrows(ClientException.class, () -> Purchases.read(folder.resolve("missing"), FROM, TO));
    }

    private Purchases read(String csv) throws IOException {
        return Purchases.read(Files.writeString(Files.createTempFile(folder, "p", ".csv"), csv), FROM, TO);
    }
}
