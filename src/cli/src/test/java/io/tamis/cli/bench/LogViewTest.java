package io.tamis.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.log.ExportEntry;
import io.tamis.log.LedgerEvent;
import io.tamis.log.Salt;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogViewTest {
    private final LogView log = new LogView();
    private long index;

    @Test
    void budgets_reservedThenCharged_areSpent() {
        budget("budget.reserved", 20);
        budget("budget.scanning", 20);
        budget("budget.charged", 20);
        budget("budget.reserved", 30);
        assertEquals(Map.of("cdnow brand-a 2026-11", 20L), log.spent());
        assertEquals(Map.of("cdnow brand-a 2026-11", 30L), log.reserved());
    }

    @Test
    void budgets_returned_areNeitherReservedNorSpent() {
        budget("budget.reserved", 20);
        budget("budget.returned", 20);
        assertEquals(0L, log.spent().get("cdnow brand-a 2026-11"));
        assertEquals(0L, log.reserved().get("cdnow brand-a 2026-11"));
    }

    @Test
    void submissions_sameJobTwice_areBothCounted() {
        event("job.submitted", "\"job\":\"job_1\"");
        event("job.submitted", "\"job\":\"job_1\"");
        assertEquals(2, log.submissions("job_1"));
        assertEquals(0, log.submissions("job_2"));
    }

    @Test
    void places_anyEntry_isWhereItStands() {
        EventId id = event("dryrun.answered", "\"tenant\":\"brand-a\"");
        assertEquals(0L, log.places().get(id));
    }

    private void budget(String type, int rhoMicro) {
        event(
                type,
                "\"rows\":[{\"dataset\":\"cdnow\",\"merchant\":\"brand-a\",\"period\":\"2026-11\",\"rhoMicro\":"
                        + rhoMicro + ",\"deltaE18\":0,\"pureEpsilonMicro\":0}]");
    }

    private EventId event(String type, String more) {
        var id = new EventId(new UUID(0x7000, index));
        var body = (Json.Obj) Json.parse("{\"v\":1,\"id\":\"" + id
                + "\",\"at\":\"2026-11-24T08:00:00.000Z\",\"type\":\"" + type + "\"," + more + "}");
        log.add(new ExportEntry.Present(index++, Salt.of(new byte[Salt.LENGTH]), new LedgerEvent(body)));
        return id;
    }
}
