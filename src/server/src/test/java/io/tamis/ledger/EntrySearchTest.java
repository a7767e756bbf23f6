package io.tamis.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Actor;
import io.tamis.data.DatasetId;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.ledger.EntryFacets.Facet;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.Retention;
import io.tamis.server.TamisTest;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The search finds what a reading of everything finds, whatever of the filters is built. */
@TamisTest
class EntrySearchTest {
    private static final Instant START = Instant.parse("2026-11-24T05:00:00Z");
    private static final List<EventType> TYPES = List.of(
            EventType.JOB_SUBMITTED, EventType.ACCESS_DECIDED, EventType.DRYRUN_ANSWERED, EventType.BUDGET_CHARGED);

    private final Random random = new Random(20261124);
    private LedgerNode node;
    private Office office;

    @BeforeEach
    void open() {
        node = new LedgerNode(LedgerDatabase.create().jdbi());
        office = new Office(node);
    }

    /** Every filter alone and several together, with none, some and all blocks built, against a plain reading. */
    @Test
    void search_anyQuery_isAPlainReading() {
        var events = fill(5 * BlockFilters.BLOCK / 2);
        for (int built = 0; built <= 2; built++) {
            for (int i = 0; i < 15; i++) {
                var query = query(events.get(random.nextInt(events.size())));
                assertEquals(plain(query), all(query, 1 + random.nextInt(300)), query.toString());
            }
            assertEquals(built < 2, office.filters.buildNext());
        }
    }

    /** A filter passes over blocks: a job of one block costs the reading of few. */
    @Test
    void candidates_ofARareJob_areFewBlocks() {
        var events = fill(3 * BlockFilters.BLOCK);
        while (office.filters.buildNext()) {
            assertTrue(BlockFilters.BLOCK > 0);
        }
        var tokens = new SearchTokens(node.keys);
        String job = ((Json.Str) events.get(1500).body().member("job").orElseThrow()).value();
        var query = new EntryQuery(Map.of(Facet.JOB, job), Optional.empty(), Optional.empty());
        var blocks = node.jdbi.withHandle(handle ->
                BlockFilters.candidates(handle, EntryRows.LOG_ID, 0, List.of(tokens.token(Facet.JOB, job)), query, 64));
        assertTrue(blocks.size() <= 2, "jobs are of neighbouring entries here");
        assertTrue(blocks.contains(1L));
        assertFalse(all(query, 50).isEmpty());
    }

    /** Pages while the log grows: every entry that was there is seen once, in order, whatever comes meanwhile. */
    @Test
    void search_whileTheLogGrows_seesEachOnce() {
        fill(BlockFilters.BLOCK + 300);
        office.filters.buildNext();
        var query = new EntryQuery(Map.of(Facet.PARTY, "brand-1"), Optional.empty(), Optional.empty());
        var before = plain(query);
        var seen = new ArrayList<Long>();
        var next = OptionalLong.of(0);
        int pages = 0;
        while (next.isPresent()) {
            var page = office.search.search(EntryRows.LOG_ID, query, next.getAsLong(), 50);
            page.items().forEach(found -> seen.add(found.index().getAsLong()));
            next = page.next();
            if (pages++ < 3) {
                fill(200);
                office.filters.buildNext();
            }
        }
        assertEquals(before, seen.subList(0, before.size()));
        assertEquals(seen.stream().distinct().sorted().toList(), seen);
    }

    /** A block that lost a key is emptied with the erasure and matches nothing of it, before and after it is built again. */
    @Test
    void search_afterAnErasure_doesNotFindIt() {
        fill(BlockFilters.BLOCK * 2);
        while (office.filters.buildNext()) {
            assertTrue(BlockFilters.BLOCK > 0);
        }
        var refused = new EntryQuery(
                Map.of(Facet.TYPE, EventType.DRYRUN_ANSWERED.wire()), Optional.empty(), Optional.empty());
        var kept =
                new EntryQuery(Map.of(Facet.TYPE, EventType.JOB_SUBMITTED.wire()), Optional.empty(), Optional.empty());
        var before = all(kept, 200);
        assertFalse(all(refused, 200).isEmpty());
        office.later();
        office.erasure.erase(
                Office.OFFICER,
                new KeyTarget.OfMonth(Retention.ACCESS, YearMonth.of(2026, 11)),
                KeyErasure.Reason.RETENTION_OVER);
        assertEquals(0, tokensLeft(EventType.DRYRUN_ANSWERED));
        assertEquals(List.of(), all(refused, 200));
        assertEquals(before, all(kept, 200));
        assertTrue(office.filters.buildNext());
        while (office.filters.buildNext()) {
            assertTrue(BlockFilters.BLOCK > 0);
        }
        assertEquals(0, tokensLeft(EventType.DRYRUN_ANSWERED));
        assertEquals(List.of(), all(refused, 200));
        assertEquals(before, all(kept, 200));
    }

    /** What the database holds of the filters names nobody. */
    @Test
    void token_isKeyedAndOfItsFacet() {
        var ours = new SearchTokens(node.keys);
        var others = new SearchTokens(LedgerNode.newKeys());
        assertFalse(ours.token(Facet.PARTY, "brand-1") == others.token(Facet.PARTY, "brand-1"));
        assertFalse(ours.token(Facet.PARTY, "brand-1") == ours.token(Facet.DATASET, "brand-1"));
        assertEquals(ours.token(Facet.JOB, "x"), new SearchTokens(node.keys).token(Facet.JOB, "x"));
    }

    private long tokensLeft(EventType type) {
        long token = new SearchTokens(node.keys).token(Facet.TYPE, type.wire());
        return node.jdbi.withHandle(
                handle -> handle.createQuery("SELECT count(*) FROM ledger_block_filter WHERE :token = ANY(tokens)")
                        .bind("token", token)
                        .mapTo(Long.class)
                        .one());
    }

    /** So many more events of a few parties, datasets and jobs, a second apart, and what is in the log then. */
    private List<LedgerEvent> fill(int count) {
        var added = new ArrayList<LedgerEvent>();
        for (int i = 0; i < count; i++) {
            added.add(event(i));
        }
        for (int first = 0; first < count; first += 500) {
            var some = added.subList(first, Math.min(count, first + 500));
            node.jdbi.useTransaction(tx -> some.forEach(event -> node.ledger.append(tx, event)));
            office.sequence();
        }
        return added;
    }

    private LedgerEvent event(int i) {
        var party = new PartyId("brand-" + random.nextInt(4));
        var actor = new Actor(
                party,
                LedgerContract.MERCHANT.person(),
                LedgerContract.MERCHANT.role(),
                LedgerContract.MERCHANT.department());
        var event = node.events
                .of(TYPES.get(random.nextInt(TYPES.size())), actor)
                .at(START.plus(Duration.ofSeconds(random.nextInt(4000))))
                .job(new JobId(new UUID(0x0190_163d_8694_7000L, 0x8000_0000_0000_0000L + i / 10)));
        switch (random.nextInt(4)) {
            case 0 -> event.dataset(new DatasetId("set-" + random.nextInt(5)));
            case 1 ->
                event.datasets(List.of(
                        Json.object().put("id", "set-" + random.nextInt(5)).build(),
                        Json.object().put("id", "set-" + random.nextInt(5)).build()));
            case 2 -> event.onBehalfOf(new PartyId("brand-" + random.nextInt(4)));
            default -> event.permitted(random.nextBoolean());
        }
        return event.build();
    }

    /** Some of what this event says, so that there is something to find; now and then the time too. */
    private EntryQuery query(LedgerEvent like) {
        var facets = new HashMap<Facet, String>();
        EntryFacets.of(like).forEach((facet, values) -> {
            if (!values.isEmpty() && random.nextInt(3) == 0) {
                facets.put(facet, values.iterator().next());
            }
        });
        boolean timed = facets.isEmpty() || random.nextInt(3) == 0;
        return new EntryQuery(
                facets,
                timed ? Optional.of(like.at()) : Optional.empty(),
                timed ? Optional.of(like.at().plusSeconds(1 + random.nextInt(600))) : Optional.empty());
    }

    private List<Long> all(EntryQuery query, int limit) {
        var places = new ArrayList<Long>();
        var next = OptionalLong.of(0);
        while (next.isPresent()) {
            var page = office.search.search(EntryRows.LOG_ID, query, next.getAsLong(), limit);
            assertTrue(page.items().size() <= limit);
            page.items().forEach(found -> places.add(found.index().getAsLong()));
            next = page.next();
        }
        return places;
    }

    /** The twin: every entry's JSON, by the words of the documentation. */
    private List<Long> plain(EntryQuery query) {
        return office.reader.page(0, 1_000_000).stream()
                .filter(found -> found.opened().isPresent())
                .filter(found -> says(found.opened().orElseThrow().event().body(), query))
                .map(found -> found.index().getAsLong())
                .toList();
    }

    private static boolean says(Json.Obj body, EntryQuery query) {
        var at = Instant.parse(text(body, "at"));
        if (query.from().filter(from -> at.compareTo(from) < 0).isPresent()
                || query.to().filter(to -> at.compareTo(to) >= 0).isPresent()) {
            return false;
        }
        return query.facets().entrySet().stream().allMatch(asked -> {
            String value = asked.getValue();
            return switch (asked.getKey()) {
                case PARTY ->
                    List.of(text(body, "tenant"), text(body, "onBehalfOf"), text(body, "receiver"))
                            .contains(value);
                case DATASET ->
                    text(body, "dataset").equals(value)
                            || body.member("datasets")
                                    .map(Json::canonical)
                                    .filter(list -> list.contains("\"" + value + "\""))
                                    .isPresent();
                case JOB -> text(body, "job").equals(value);
                case DECISION -> text(body, "decision").equals(value);
                case TYPE -> text(body, "type").equals(value);
            };
        });
    }

    private static String text(Json.Obj body, String name) {
        return body.member(name).map(value -> ((Json.Str) value).value()).orElse("");
    }
}
