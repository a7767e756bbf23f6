package io.tamis.cli.holder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Charge;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.holder.ticket.OpenedTicket;
import io.tamis.holder.ticket.TicketId;
import io.tamis.log.BudgetRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenedLogTest {
    @TempDir
    Path temp;

    @Test
    void lines_appendedAndReopened_areThere() {
        try (var log = OpenedLog.open(file())) {
            log.append(opened(1));
            log.append(opened(2));
        }
        try (var log = OpenedLog.open(file())) {
            assertEquals(List.of(opened(1), opened(2)), log.lines());
            log.append(opened(3));
        }
        try (var log = OpenedLog.open(file())) {
            assertEquals(3, log.lines().size());
        }
    }

    /** The crash story: wherever the power went while a line was written, the lines before it are whole and it is not there. */
    @Test
    void tail_tornAnywhere_isCutOff() throws IOException {
        try (var log = OpenedLog.open(file())) {
            log.append(opened(1));
        }
        byte[] one = Files.readAllBytes(file());
        try (var log = OpenedLog.open(file())) {
            log.append(opened(2));
        }
        byte[] two = Files.readAllBytes(file());
        for (int length = one.length; length < two.length; length += 13) {
            Files.write(file(), Arrays.copyOf(two, length));
            try (var log = OpenedLog.open(file())) {
                assertEquals(List.of(opened(1)), log.lines());
                log.append(opened(2));
                assertEquals(2, log.lines().size());
            }
            assertEquals(new String(two, UTF_8), Files.readString(file()));
        }
    }

    @Test
    void line_changedOrTakenFromTheMiddle_stopsTheHolder() throws IOException {
        try (var log = OpenedLog.open(file())) {
            log.append(opened(1));
            log.append(opened(2));
            log.append(opened(3));
        }
        List<String> lines = Files.readAllLines(file());
        Files.writeString(file(), lines.get(0) + "\n" + lines.get(2) + "\n");
        assertEquals(Code.INTERNAL, refusal());
        Files.writeString(file(), lines.get(1) + "\n" + lines.get(2) + "\n");
        assertEquals(Code.INTERNAL, refusal());
        String forged = lines.get(1).replace("\"keyEpoch\":1", "\"keyEpoch\":2");
        Files.writeString(file(), lines.get(0) + "\n" + forged + "\n" + lines.get(2) + "\n");
        assertEquals(Code.INTERNAL, refusal());
        Files.writeString(file(), "\n", StandardOpenOption.APPEND);
        assertEquals(Code.INTERNAL, refusal());
    }

    /** What a failed write left in the file nobody knows: nothing is appended behind it until a new start has looked. */
    @Test
    void append_afterAFailedOne_isRefusedUntilANewStart() {
        var log = OpenedLog.open(file());
        log.append(opened(1));
        log.close();
        assertThrows(StoreException.class, () -> log.append(opened(2)));
        assertThrows(StoreException.class, () -> log.append(opened(2)));
        assertEquals(List.of(opened(1)), log.lines());
        try (var again = OpenedLog.open(file())) {
            assertEquals(List.of(opened(1)), again.lines());
            again.append(opened(2));
        }
    }

    private Code refusal() {
        return assertThrows(StoreException.class, () -> OpenedLog.open(file())).code();
    }

    private Path file() {
        return temp.resolve("opened.jsonl");
    }

    static OpenedTicket opened(int number) {
        Hash hash = Hash.sha256(("ticket " + number).getBytes(UTF_8));
        String id = "0190163d-8694-739b-aea5-%012d".formatted(number);
        return new OpenedTicket(
                TicketId.parse("tk_" + id),
                JobId.parse("job_" + id),
                hash,
                1,
                new CollaborationId("col_1"),
                List.of(hash),
                List.of(new PartyId("holder-1"), new PartyId("holder-2")),
                EventId.parse(id),
                List.of(new BudgetRow(
                        Optional.of(new DatasetId("shop-users")),
                        Optional.empty(),
                        Optional.empty(),
                        Charge.ofRho(new MicroRho(10)))),
                hash,
                Instant.parse("2026-11-24T05:00:00Z"));
    }
}
