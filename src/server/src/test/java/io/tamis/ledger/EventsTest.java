package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Charge;
import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final UUID ID = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad90");
    private static final Hash HASH = Hash.sha256();

    private final Events events = new Events(() -> ID, () -> Instant.parse("2026-11-24T05:00:00.120999Z"));

    @Test
    void build_byAnActor_namesWhoActed() {
        var event = events.of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT).build();
        assertEquals(
                "{\"actor\":{\"department\":\"marketing\",\"id\":\"u1\",\"role\":\"merchant\"},"
                        + "\"at\":\"2026-11-24T05:00:00.120Z\",\"id\":\"01a20bec-d4f8-739b-aea5-966c26f8ad90\","
                        + "\"tenant\":\"brand-a\",\"type\":\"job.submitted\",\"v\":1}",
                event.body().canonical());
    }

    @Test
    void build_bySystem_concernsTheTenant() {
        var event =
                events.bySystem(EventType.JOB_FINISHED, new PartyId("brand-b")).build();
        assertEquals(Optional.of("brand-b"), event.tenant());
        assertEquals(
                "{\"id\":\"tamis\",\"role\":\"system\"}",
                event.body().member("actor").orElseThrow().canonical());
    }

    @Test
    void build_everyField_hasItsDocumentedName() {
        var row = new BudgetRow(
                Optional.of(new DatasetId("cdnow")),
                Optional.empty(),
                Optional.of(YearMonth.of(2026, 11)),
                Charge.ofRho(new MicroRho(7)));
        var event = events.of(EventType.BUDGET_RESERVED, LedgerContract.MERCHANT)
                .purpose(Purpose.AD_MEASUREMENT)
                .onBehalfOf(new PartyId("brand-b"))
                .collaboration(new CollaborationId("none"))
                .dataset(new DatasetId("cdnow"))
                .version(1)
                .commitment(HASH)
                .columns(List.of(Json.object().put("name", "a").build()))
                .permitted(true)
                .reasonCode(Code.POLICY_DENIED)
                .bundleHash(HASH)
                .piaId("pia-1")
                .keyIds(List.of("k1"))
                .budgetRows(List.of(row))
                .job(new JobId(ID))
                .state("SUCCEEDED")
                .requestHash(HASH)
                .resultHash(HASH)
                .receiver(new PartyId("brand-a"))
                .format("JSON")
                .of(new EventId(ID))
                .build();
        assertEquals(
                "actor,at,bundleHash,collaborationId,columns,commitment,dataset,decision,format,id,job,keyIds,of,onBehalfOf,"
                        + "piaId,purpose,reasonCode,receiver,requestHash,resultHash,rows,state,tenant,type,v,version",
                event.body().members().keySet().stream().sorted().collect(Collectors.joining(",")));
        assertEquals(Json.of("PERMIT"), event.body().member("decision").orElseThrow());
        assertEquals(event, LedgerEvent.parse(event.canonicalBytes()));
    }

    @Test
    void at_aRoundedInstant_isTheTimeOfTheEventAndOfItsId() {
        var tick = Instant.parse("2026-11-24T05:00:30Z");
        var event = events.of(EventType.JOB_FINISHED, LedgerContract.MERCHANT)
                .at(tick)
                .build();
        assertEquals(tick, event.at());
        assertEquals(tick.toEpochMilli(), event.id().value().getMostSignificantBits() >>> 16);
        assertEquals(7, event.id().value().version());
        assertEquals(ID.getLeastSignificantBits(), event.id().value().getLeastSignificantBits());
        assertEquals(ID.getMostSignificantBits() & 0xFFFF, event.id().value().getMostSignificantBits() & 0xFFFF);
    }

    /** The id source's own clock is not asked: no id tells another time than its event. */
    @Test
    void build_everyWay_givesIdsTheTimeOfTheirEvent() {
        var made = new ArrayList<>(
                events.of(EventType.ACCESS_DECIDED, LedgerContract.MERCHANT).buildParts(columns(200)));
        made.add(events.of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT).build());
        made.add(events.bySystem(EventType.JOB_FINISHED, Events.SERVICE).build());
        for (var event : made) {
            assertEquals(Instant.parse("2026-11-24T05:00:00.120Z"), event.at());
            assertEquals(event.at().toEpochMilli(), event.id().value().getMostSignificantBits() >>> 16);
        }
    }

    @Test
    void with_aFieldTwice_isRefused() {
        var builder =
                events.of(EventType.JOB_SUBMITTED, LedgerContract.MERCHANT).job(new JobId(ID));
        assertThrows(DataException.class, () -> builder.job(new JobId(ID)));
    }

    /** Exact counts are in no entry a merchant can read. */
    @Test
    void exactCounts_inAMerchantsEntry_areRefused() {
        for (var type : EventType.values()) {
            var builder = events.of(type, LedgerContract.MERCHANT);
            if (type.officerOnly()) {
                builder.exactRows(5).subjectCount(3);
                assertEquals(Json.of(5), builder.build().body().member("rows").orElseThrow());
            } else {
                assertThrows(IllegalStateException.class, () -> builder.exactRows(5));
                assertThrows(IllegalStateException.class, () -> builder.subjectCount(5));
            }
        }
    }

    @Test
    void buildParts_fewColumns_isOneEventWithoutParts() {
        var parts = events.of(EventType.ACCESS_DECIDED, LedgerContract.MERCHANT).buildParts(columns(3));
        assertEquals(1, parts.size());
        assertTrue(parts.getFirst().body().member("part").isEmpty());
    }

    @Test
    void buildParts_manyColumns_keepsAllOfThemInOrder() {
        var columns = columns(200);
        var parts = events.of(EventType.ACCESS_DECIDED, LedgerContract.MERCHANT)
                .dataset(new DatasetId("cdnow"))
                .buildParts(columns);
        assertTrue(parts.size() > 1);
        var read = new ArrayList<Json>();
        for (int i = 0; i < parts.size(); i++) {
            var body = parts.get(i).body();
            assertEquals(Json.of(i + 1), body.member("part").orElseThrow());
            assertEquals(Json.of(parts.size()), body.member("parts").orElseThrow());
            assertEquals(Json.of("cdnow"), body.member("dataset").orElseThrow());
            assertTrue(parts.get(i).canonicalBytes().length <= LedgerEvent.BYTES_MAX);
            read.addAll(((Json.Arr) body.member("columns").orElseThrow()).items());
        }
        assertEquals(columns, read);
    }

    @Test
    void buildParts_ofNothingOrOfTooMuch_isRefused() {
        var none = events.of(EventType.ACCESS_DECIDED, LedgerContract.MERCHANT);
        assertThrows(DataException.class, () -> none.buildParts(List.of()));
        var huge = List.of(
                Json.object().put("name", "x".repeat(LedgerEvent.BYTES_MAX)).build());
        var builder = events.of(EventType.ACCESS_DECIDED, LedgerContract.MERCHANT);
        assertThrows(DataException.class, () -> builder.buildParts(huge));
    }

    private static List<Json.Obj> columns(int count) {
        var columns = new ArrayList<Json.Obj>();
        for (int i = 0; i < count; i++) {
            columns.add(Json.object()
                    .put("name", "cdnow#column_" + i)
                    .put("level", "L3")
                    .put("treatment", "DP_AGGREGATE")
                    .put("ruleIds", Json.strings(List.of("AC-M-03", "AC-X-01")))
                    .build());
        }
        return columns;
    }
}
