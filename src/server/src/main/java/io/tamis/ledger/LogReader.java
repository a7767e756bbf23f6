package io.tamis.ledger;

import io.tamis.data.Actor;
import io.tamis.data.EventId;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.log.EntrySealing;
import io.tamis.log.ExportEntry;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogEntry;
import io.tamis.log.TlogProof;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Finds entries, opens them and judges who may read one. */
@Singleton
final class LogReader implements Entries {
    private final Jdbi jdbi;
    private final EventVault vault;
    private final Shards shards;
    private final Pulse pulse;

    LogReader(Jdbi jdbi, EventVault vault, Shards shards, Pulse pulse) {
        this.jdbi = jdbi;
        this.vault = vault;
        this.shards = shards;
        this.pulse = pulse;
    }

    /** An event found: its place once it is sequenced, its content unless it is erased or damaged. */
    record Found(OptionalLong index, SealedEvent event, Content content) {
        Optional<EntrySealing.Opened> opened() {
            return content.opened();
        }

        /** The compliance officer reads all; a party reads what concerns it, unless it is for officers only. */
        boolean readableBy(Actor actor) {
            return actor.role() == Role.COMPLIANCE_OFFICER
                    || (concerns(actor.party())
                            && opened().flatMap(known -> known.event().type())
                                    .filter(type -> !type.officerOnly())
                                    .isPresent());
        }

        /** This party's own; an erased or damaged entry is nobody's any more. */
        boolean concerns(PartyId party) {
            return opened().flatMap(known -> known.event().tenant())
                    .filter(party.value()::equals)
                    .isPresent();
        }

        /** The entry as it stands in lists and exports; empty until it is sequenced. */
        Optional<ExportEntry> entry() {
            return index.isEmpty() ? Optional.empty() : Optional.of(exported(index.getAsLong()));
        }

        /** A damaged one with the commitment as it is stored: the tree's, or not, and then the root tells. */
        private ExportEntry exported(long at) {
            return switch (content) {
                case Content.Present(var known) -> new ExportEntry.Present(at, known.salt(), known.event());
                case Content.Erased(), Content.Damaged() -> new ExportEntry.Erased(at, event.entry(), event.keyId());
            };
        }
    }

    /** By id, sequenced or still in the outbox. */
    Optional<Found> find(EventId id) {
        return jdbi.withHandle(handle -> {
            // The outbox first: a row that moves meanwhile is then found in the log, never in neither.
            var waiting = Outbox.find(handle, id);
            var recorded = EntryRows.byId(handle, id);
            return recorded.map(row -> found(handle, OptionalLong.of(row.index()), row.event()))
                    .or(() -> waiting.map(event -> found(handle, OptionalLong.empty(), event)));
        });
    }

    @Override
    public Optional<LedgerEvent> event(EventId id) {
        return find(id).flatMap(Found::opened).map(EntrySealing.Opened::event);
    }

    @Override
    public Optional<Disclosed> disclosed(EventId id) {
        return find(id).flatMap(found -> found.opened()
                .flatMap(opened -> proof(found).map(proof -> new Disclosed(opened.event(), opened.salt(), proof))));
    }

    /** By place in the open log. */
    Optional<Found> find(long index) {
        return page(index, 1).stream()
                .filter(found -> found.index().getAsLong() == index)
                .findFirst();
    }

    /** Entries of the open log from {@code first} on. */
    List<Found> page(long first, int max) {
        return page(shards.open().log(), first, max);
    }

    /** Entries of a log from {@code first} on. */
    List<Found> page(short log, long first, int max) {
        return jdbi.withHandle(handle -> opened(handle, EntryRows.page(handle, log, first, max)));
    }

    /** Ids and commitments of so many entries of a log from {@code first} on. */
    List<LogEntry> entries(short log, long first, int count) {
        return jdbi.withHandle(handle -> EntryRows.page(handle, log, first, count)).stream()
                .map(row -> row.event().entry())
                .toList();
    }

    /** The proof; empty until a published checkpoint covers the entry, which asking makes happen sooner. */
    Optional<TlogProof> proof(Found found) {
        var proof = found.index().isEmpty()
                ? Optional.<TlogProof>empty()
                : shards.of(found.event().log())
                        .proof(found.event().entry(), found.index().getAsLong());
        if (proof.isEmpty()) {
            pulse.want();
        }
        return proof;
    }

    private List<Found> opened(Handle handle, List<EntryRows.Row> rows) {
        var contents =
                vault.openAll(handle, rows.stream().map(EntryRows.Row::event).toList());
        return IntStream.range(0, rows.size())
                .mapToObj(i -> new Found(
                        OptionalLong.of(rows.get(i).index()), rows.get(i).event(), contents.get(i)))
                .toList();
    }

    private Found found(Handle handle, OptionalLong index, SealedEvent event) {
        return new Found(index, event, vault.open(handle, event));
    }
}
