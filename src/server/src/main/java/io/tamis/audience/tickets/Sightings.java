package io.tamis.audience.tickets;

import io.tamis.data.PartyId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** When key holders last asked for tickets. */
@Singleton
class Sightings {
    /** A holder that was not seen for so long is not counted on. */
    static final Duration ONLINE = Duration.ofSeconds(60);

    private final InstantSource clock;

    Sightings(InstantSource clock) {
        this.clock = clock;
    }

    /** The holder is here. */
    void seen(Handle tx, PartyId holder) {
        tx.createUpdate(
                        "INSERT INTO audience_sighting VALUES (:party, :at)"
                                + " ON CONFLICT (party) DO UPDATE SET seen_at = greatest(audience_sighting.seen_at, excluded.seen_at)")
                .bind("party", holder.value())
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    private record Sighting(PartyId party, Instant at) {}

    /** Which of these were seen lately, the last one first. */
    List<PartyId> online(Handle tx, Collection<PartyId> holders) {
        Instant since = clock.instant().minus(ONLINE);
        return tx
                .createQuery("SELECT party, seen_at FROM audience_sighting WHERE party = ANY(:parties)"
                        + " ORDER BY seen_at DESC, party")
                .bindArray(
                        "parties",
                        String.class,
                        holders.stream().map(PartyId::value).toArray(Object[]::new))
                .map((row, context) -> new Sighting(
                        new PartyId(row.getString(1)),
                        row.getObject(2, OffsetDateTime.class).toInstant()))
                .list()
                .stream()
                .filter(sighting -> sighting.at().isAfter(since))
                .map(Sighting::party)
                .toList();
    }
}
