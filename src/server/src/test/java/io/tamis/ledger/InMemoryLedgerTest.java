package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.TamisException;
import io.tamis.log.EventType;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class InMemoryLedgerTest extends LedgerContract {
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Jdbi jdbi = NoDatabase.jdbi();

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    Jdbi jdbi() {
        return jdbi;
    }

    @Test
    void events_ofAType_areWhatWasCommitted() {
        var event = event();
        append(event);
        assertEquals(List.of(event), ledger.events());
        assertEquals(List.of(event), ledger.events(EventType.JOB_SUBMITTED));
        assertEquals(List.of(), ledger.events(EventType.JOB_FINISHED));
    }

    @Test
    void stop_thenAppend_isUnavailable() {
        var event = event();
        append(event);
        ledger.stop();
        assertCode(Code.LEDGER_UNAVAILABLE, tx -> ledger.append(tx, event()));
        assertEquals(
                Code.LEDGER_UNAVAILABLE,
                assertThrows(TamisException.class, () -> ledger.await(event.id()))
                        .code());
    }
}
