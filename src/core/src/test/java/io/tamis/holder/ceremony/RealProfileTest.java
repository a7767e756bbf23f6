package io.tamis.holder.ceremony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.he.Bfv;
import io.tamis.he.HeParams;
import io.tamis.holder.Blobs;
import io.tamis.holder.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The default profile once, with all 4,096 candidates: 2 of 3 holders, sizes as documented, seconds printed. */
class RealProfileTest {
    @Test
    @Tag("slow")
    void ceremony_underAgg8192_makesAKeyAndFitsTheBoardsLimits() {
        var table = new Table(Bfv.of(HeParams.AGG_8192), 2, 3, KeyCeremony.FOLD);
        for (var stage : Stage.values()) {
            long start = System.nanoTime();
            table.runTo(stage);
            long millis = (System.nanoTime() - start) / 1_000_000;
            System.out.println(
                    "AGG-8192 ceremony of 3 in one process: " + stage + " reached after " + millis + " ms more");
        }
        long start = System.nanoTime();
        var finished = CeremonyTest.finished(table.run());
        System.out.println("finished after " + (System.nanoTime() - start) / 1_000_000 + " ms more");
        assertEquals(3, finished.size());
        assertInstanceOf(Standing.Closed.class, table.transcript().standing());
        table.blobs.values().forEach(blob -> assertTrue(blob.length <= Blobs.BYTES_MAX));
        table.board.forEach(
                message -> assertTrue(message.message().toJson().canonicalBytes().length <= Message.BYTES_MAX));
        long seeds = table.blobs.values().stream()
                .filter(blob -> blob.length == 131_040)
                .count();
        long keys = table.blobs.values().stream()
                .filter(blob -> blob.length == 150_528)
                .count();
        // Three seeds, three survivors, two subsets a holder; the shares are 48 bytes longer by their sealing.
        assertEquals(3, seeds);
        assertEquals(3 + 3 * 2, keys);
    }
}
