package io.tamis.ledger;

import io.tamis.crypto.SecretBytes;
import io.tamis.data.EventId;
import io.tamis.data.RandomSource;
import io.tamis.data.TamisException;
import io.tamis.log.EntrySealing;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.log.Origin;
import io.tamis.log.Salt;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Seals events for the database and opens them again. Safe for use by several threads. */
@Singleton
final class EventVault {
    /** Most keys that one record names: 200 ids fit into an event. */
    private static final int KEYS_PER_RECORD = 200;

    /** Most damaged events named in our own log, by one process. */
    private static final int DAMAGED_SAID_MAX = 1000;

    private static final Logger LOG = Logger.getLogger(EventVault.class);

    private final Jdbi jdbi;
    private final DataKeys keys;
    private final Events events;
    private final RandomSource random;
    private final LogNames names;
    private final Map<Short, EntrySealing> sealings = new ConcurrentHashMap<>();
    private final Set<EventId> damagedSaid = ConcurrentHashMap.newKeySet();

    @Inject
    EventVault(Jdbi jdbi, LogNames names, DataKeys keys, Events events, RandomSource random) {
        this.jdbi = jdbi;
        this.keys = keys;
        this.events = events;
        this.random = random;
        this.names = names;
    }

    /**
     * Commits to each event under a fresh salt and seals both, in the order given, on the caller's thread. Without a round
     * trip when the keys are known; else the missing ones are made in a transaction of their own, and with it their record
     * goes into the outbox. A crash in between leaves keys that are recorded and unused, which is no harm.
     */
    List<SealedEvent> sealAll(List<LedgerEvent> batch) {
        return sealAll(remembered(batch).orElseGet(() -> jdbi.inTransaction(tx -> looked(tx, batch))), batch);
    }

    /** As {@link #sealAll(List)}, in the caller's transaction: a new key and its record are committed or gone with it. */
    List<SealedEvent> sealAll(Handle tx, List<LedgerEvent> batch) {
        return sealAll(ready(tx, batch), batch);
    }

    /** One event, in the caller's transaction. */
    SealedEvent seal(Handle tx, LedgerEvent event) {
        return sealAll(tx, List.of(event)).getFirst();
    }

    /**
     * One event for a log of which only this transaction may know as yet: what is sealed for one log does not open in
     * another.
     */
    SealedEvent seal(Handle tx, short log, Origin name, LedgerEvent event) {
        return sealed(log, new EntrySealing(name), ready(tx, List.of(event)).keyOf(event), event);
    }

    /** The event and its salt, unless its key was destroyed or the row is damaged. A key that does not unwrap throws. */
    Content open(Handle handle, SealedEvent event) {
        return openAll(handle, List.of(event)).getFirst();
    }

    /** What {@link #open} gives for each, with one statement for all keys. */
    List<Content> openAll(Handle handle, List<SealedEvent> sealed) {
        var opened =
                keys.openAll(handle, sealed.stream().map(SealedEvent::keyId).collect(Collectors.toSet()));
        return sealed.stream()
                .map(event -> Optional.ofNullable(opened.get(event.keyId()))
                        .map(key -> opened(key, event))
                        .orElseGet(Content.Erased::new))
                .toList();
    }

    private Content opened(SecretBytes key, SealedEvent event) {
        // Of no log we know: as little ours as a body that does not open.
        return names.find(event.log())
                .flatMap(known -> opened(key, event, sealing(event.log())))
                .filter(content -> content.entry().equals(event.entry()))
                .<Content>map(Content.Present::new)
                .orElseGet(() -> damaged(event.id()));
    }

    private static Optional<EntrySealing.Opened> opened(SecretBytes key, SealedEvent event, EntrySealing sealing) {
        try {
            return Optional.of(sealing.open(key, event.id(), event.sealed()));
        } catch (TamisException notOurs) {
            return Optional.empty();
        }
    }

    /** Said once each, as every page and export meets it again; of very many the first ones are enough. */
    private Content damaged(EventId event) {
        if (damagedSaid.size() < DAMAGED_SAID_MAX && damagedSaid.add(event)) {
            LOG.errorf("the body of event %s does not open its commitment: the row was written by hand", event);
        }
        return new Content.Damaged();
    }

    private static Set<KeyScope> scopes(Collection<LedgerEvent> batch, YearMonth month) {
        return batch.stream().map(event -> KeyScope.of(event, month)).collect(Collectors.toSet());
    }

    /** A month's keys for a batch. */
    private record Ready(YearMonth month, Map<KeyScope, DataKeys.DataKey> keys) {
        DataKeys.DataKey keyOf(LedgerEvent event) {
            return keys.get(KeyScope.of(event, month));
        }
    }

    private Ready ready(Handle tx, List<LedgerEvent> batch) {
        return remembered(batch).orElseGet(() -> looked(tx, batch));
    }

    private Optional<Ready> remembered(List<LedgerEvent> batch) {
        var month = keys.month();
        var scopes = scopes(batch, month);
        var known = keys.remembered(scopes);
        return known.size() < scopes.size() ? Optional.empty() : Optional.of(new Ready(month, known));
    }

    private Ready looked(Handle tx, List<LedgerEvent> batch) {
        var month = keys.month(tx);
        return new Ready(month, prepared(tx, scopes(batch, month), month));
    }

    /** The keys, the records of new ones written to the outbox. */
    private Map<KeyScope, DataKeys.DataKey> prepared(Handle tx, Set<KeyScope> scopes, YearMonth month) {
        var found = keys.find(tx, scopes);
        if (found.fresh().isEmpty()) {
            return found.keys();
        }
        // The records need a key too, which may be new as well.
        var records = KeyScope.records(month);
        var all = new HashSet<>(found.fresh());
        var recordKey = keys.find(tx, Set.of(records));
        all.addAll(recordKey.fresh());
        for (var created : created(List.copyOf(all))) {
            Outbox.insert(tx, sealed(recordKey.keys().get(records), created));
        }
        return found.keys();
    }

    private List<LedgerEvent> created(List<UUID> ids) {
        var made = new ArrayList<LedgerEvent>();
        for (int first = 0; first < ids.size(); first += KEYS_PER_RECORD) {
            var some = ids.subList(first, Math.min(ids.size(), first + KEYS_PER_RECORD));
            made.add(events.bySystem(EventType.KEY_CREATED, Events.SERVICE)
                    .keyIds(some.stream().map(UUID::toString).toList())
                    .build());
        }
        return made;
    }

    private List<SealedEvent> sealAll(Ready ready, List<LedgerEvent> batch) {
        return batch.stream().map(event -> sealed(ready.keyOf(event), event)).toList();
    }

    private SealedEvent sealed(DataKeys.DataKey key, LedgerEvent event) {
        short log = names.open();
        return sealed(log, sealing(log), key, event);
    }

    private SealedEvent sealed(short log, EntrySealing sealing, DataKeys.DataKey key, LedgerEvent event) {
        var opened = new EntrySealing.Opened(Salt.fresh(random), event);
        return new SealedEvent(log, opened.entry(), key.id(), sealing.seal(key.secret(), opened, random));
    }

    private EntrySealing sealing(short log) {
        return sealings.computeIfAbsent(log, known -> new EntrySealing(names.of(known)));
    }
}
