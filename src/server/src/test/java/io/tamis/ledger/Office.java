package io.tamis.ledger;

import io.tamis.data.Actor;
import io.tamis.data.DepartmentId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.log.LedgerEvent;
import io.tamis.log.SubjectRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The officer's side of a replica: access may go once its month is over, everything else has to be kept for years. */
final class Office {
    static final Actor OFFICER = new Actor(
            new PartyId("audit-office"),
            new PersonId("officer-1"),
            Role.COMPLIANCE_OFFICER,
            new DepartmentId("compliance"));

    /** After November's keys may be destroyed, and within the same year's log. */
    static final Instant LATER = Instant.parse("2026-12-20T05:00:00Z");

    final LedgerNode node;
    final RetentionRules rules;
    final LegalHolds holds;
    final KeyErasure erasure;
    final KekRotation rotation;
    final LogReader reader;
    final FilterBuilder filters;
    final EntrySearch search;

    Office(LedgerNode node) {
        this.node = node;
        rules = new RetentionRules(node.clock, "P0D", "P0D", "P3Y", "P5Y", "P3Y", "P10Y");
        holds = new LegalHolds(node.jdbi, node.ledger, node.events, node.clock);
        erasure = new KeyErasure(node.jdbi, node.ledger, node.events, rules, node.keys, node.dataKeys, node.clock);
        rotation = new KekRotation(node.jdbi, node.ledger, node.events, node.dataKeys, node.keys);
        reader = new LogReader(node.jdbi, node.vault, node.shards, node.pulse);
        var tokens = new SearchTokens(node.keys);
        filters = new FilterBuilder(node.jdbi, node.vault, tokens, node.shards);
        search = new EntrySearch(node.jdbi, reader, tokens);
    }

    void later() {
        node.clock.set(LATER);
        node.pulse.seenHealthy();
    }

    void sequence() {
        node.step(node.claim());
    }

    LogReader.Found read(LedgerEvent event) {
        return reader.find(event.id()).orElseThrow();
    }

    static SubjectRef person(int number) {
        return new SubjectRef(Hash.sha256(Integer.toString(number).getBytes(StandardCharsets.UTF_8)));
    }
}
