package io.tamis.catalog.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.catalog.ScanFile;
import io.tamis.catalog.Snapshot;
import io.tamis.data.Code;
import io.tamis.privacy.DpPlan;
import io.tamis.sandbox.ScanFixture;
import io.tamis.sandbox.ScanFixture.Row;
import io.tamis.sandbox.ShopDeclaration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels by position, over files of two buckets: persons 0 to 2 in bucket 0, 3 and 4 in bucket 5. */
class PositionScanTest {
    private static final String USERS = "{'measures':[{'id':'n','kind':'COUNT_USERS'}]";

    /** Person 0 stands last, 4 first. */
    private static final int[] BACKWARDS = {4, 3, 2, 1, 0};

    @TempDir
    Path root;

    private Path folder;
    private List<Row> rows;

    @BeforeEach
    void rows() throws IOException {
        folder = root.toRealPath();
        rows = new ArrayList<>();
        for (int person = 0; person < 5; person++) {
            rows.add(Row.of(unit(person)).channel(person % 3 + 1).amount(100L * person));
        }
    }

    private static long unit(int person) {
        return person < 3 ? ScanFixture.unit(0, person) : ScanFixture.unit(5, person - 3);
    }

    private static PositionScan.Order order(int persons) {
        return new PositionScan.Order(persons, unit -> {
            for (int person = 0; person < 5; person++) {
                if (unit(person) == unit) {
                    return BACKWARDS[person];
                }
            }
            throw new ScanException(Code.JOB_FAILED);
        });
    }

    private static DpPlan plan(String rest) {
        return ScanFixture.query(ScanFixture.plan(USERS + rest + "}"));
    }

    private byte[] labels(String rest, PositionScan.Order order) {
        Snapshot snapshot =
                ScanFixture.snapshot(folder, ShopDeclaration.dataset(), List.of(file(0, 0, 2), file(5, 3, 4)));
        return PositionScan.labels(
                plan(rest), snapshot, ScanFixture.catalog(), order, Deadline.in(Duration.ofMinutes(1)));
    }

    /** The rows of these persons, in a file that says how far its units go. */
    private ScanFile file(int bucket, int first, int last) {
        List<Row> own = rows.stream()
                .filter(row -> row.unit() >= unit(first) && row.unit() <= unit(last))
                .toList();
        ScanFile file = ScanFixture.file(folder, bucket, own);
        return new ScanFile(bucket, file.name(), file.sha256(), own.size(), unit(first), unit(last));
    }

    @Test
    void labels_ofAKey_standAtTheirPersonsPositions() {
        // channels by person: web, shop, phone, web, shop
        assertArrayEquals(new byte[] {2, 1, 3, 2, 1}, labels(",'groupBy':[{'column':'shop#channel'}]", order(5)));
    }

    @Test
    void labels_withoutAKey_areOneForTheChosen() {
        assertArrayEquals(
                new byte[] {1, 1, 0, 0, 0},
                labels(",'where':[{'column':'shop#amount','op':'GE','values':[300]}]", order(5)));
    }

    @Test
    void labels_ofAKeyAndConditions_areThoseOfTheChosen() {
        assertArrayEquals(
                new byte[] {2, 0, 3, 2, 1},
                labels(
                        ",'where':[{'column':'shop#amount','op':'NE','values':[300]}],"
                                + "'groupBy':[{'column':'shop#channel'}]",
                        order(5)));
    }

    @Test
    void labels_overAnotherVersionsOrder_fail() {
        assertFails(() -> labels("", order(4)));
        assertFails(() -> labels("", order(6)));
    }

    /** Two rows of one person: the declaration says one, and a mask has one bit. */
    @Test
    void labels_ofAPersonWithTwoRows_fail() {
        rows.add(Row.of(unit(4)).channel(1));
        assertFails(() -> labels("", order(5)));
    }

    @Test
    void labels_ofTwoPersonsAtOnePosition_fail() {
        assertFails(() -> labels("", new PositionScan.Order(5, _ -> 0)));
    }

    private static void assertFails(org.junit.jupiter.api.function.Executable executable) {
        assertEquals(
                Code.JOB_FAILED, assertThrows(ScanException.class, executable).code());
    }
}
