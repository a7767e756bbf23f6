package io.tamis.audience.keys;

import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.ContentStore;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import io.tamis.he.threshold.MerchantKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The keys to which a merchant has sums opened: public, each of one party, never taken back, as results may be sealed to them.
 *
 * <p>NOT promised: that a party has the secret of the key it registers. Numbers sealed to another's key are lost to it.
 */
@Singleton
public class MerchantKeys {
    /** Most keys of a party. */
    public static final int KEYS_MAX = 16;

    /** Profiles with several holders: the length of a key's bytes tells which it is of. */
    private static final List<HeParams> PROFILES = List.of(HeParams.AGG_8192, HeParams.AGG_8192_HI);

    private final Jdbi jdbi;
    private final KeyMinutes minutes;
    private final ContentStore files;

    @Inject
    MerchantKeys(Jdbi jdbi, KeyMinutes minutes, @ConfigProperty(name = "tamis.data") Path data) {
        this.jdbi = jdbi;
        this.minutes = minutes;
        this.files = new ContentStore(
                data.toAbsolutePath().normalize().resolve("audience").resolve("merchant-keys"));
    }

    /** A key that is there. */
    record Registered(Hash hash, EventId event, boolean repeated) {}

    /** Registers a key of the caller's party; the same again is what it was. STATE_CONFLICT beyond {@value #KEYS_MAX}. */
    Registered register(Actor merchant, InputStream body) {
        return minutes.recording(merchant, () -> {
            byte[] bytes = read(body);
            HeParams params = PROFILES.stream()
                    .filter(profile -> bytes.length == 2 * profile.polynomialBytes())
                    .findFirst()
                    .orElseThrow(HeException::rejected);
            MerchantKey.read(Bfv.of(params), bytes);
            try (var incoming = files.receive(bytes)) {
                return jdbi.inTransaction(tx -> {
                    lock(tx, merchant.party());
                    Optional<Registered> known = find(tx, merchant.party(), incoming.hash());
                    if (known.isPresent()) {
                        return known.get();
                    }
                    if (count(tx, merchant.party()) >= KEYS_MAX) {
                        throw new BoardException(Code.STATE_CONFLICT);
                    }
                    incoming.publish();
                    EventId event = minutes.merchantKey(tx, merchant, incoming.hash());
                    insert(tx, merchant.party(), incoming.hash(), params, event);
                    return new Registered(incoming.hash(), event, false);
                });
            }
        });
    }

    /** True when this party has registered the key, under parameters of this id. */
    public boolean has(Handle tx, PartyId party, Hash key, Hash paramsId) {
        return tx.createQuery("SELECT count(*) FROM audience_merchant_key"
                                + " WHERE party = :party AND hash = :hash AND params = :params")
                        .bind("party", party.value())
                        .bind("hash", key.bytes())
                        .bind("params", paramsId.bytes())
                        .mapTo(Long.class)
                        .one()
                == 1;
    }

    /** The bytes of a registered key; INTERNAL when they are not there. */
    public byte[] bytes(Hash key) {
        return files.read(key).orElseThrow(() -> new BoardException(Code.INTERNAL));
    }

    /** At most the longest key and one byte more: no length is told before it is known. */
    private static byte[] read(InputStream body) {
        int longest = 2 * HeParams.AGG_8192_HI.polynomialBytes();
        try {
            byte[] bytes = body.readNBytes(longest + 1);
            HeException.accept(bytes.length <= longest);
            return bytes;
        } catch (IOException brokenOff) {
            throw new BoardException(Code.INVALID_REQUEST, brokenOff);
        }
    }

    /** One party's registrations one after the other: its keys are counted. */
    private static void lock(Handle tx, PartyId party) {
        tx.createQuery("SELECT pg_advisory_xact_lock(hashtextextended('merchant-key/' || :party, 0)) IS NULL")
                .bind("party", party.value())
                .mapTo(Boolean.class)
                .one();
    }

    private static Optional<Registered> find(Handle tx, PartyId party, Hash key) {
        return tx.createQuery("SELECT event_id FROM audience_merchant_key WHERE party = :party AND hash = :hash")
                .bind("party", party.value())
                .bind("hash", key.bytes())
                .mapTo(UUID.class)
                .findOne()
                .map(event -> new Registered(key, new EventId(event), true));
    }

    private static int count(Handle tx, PartyId party) {
        return tx.createQuery("SELECT count(*) FROM audience_merchant_key WHERE party = :party")
                .bind("party", party.value())
                .mapTo(Integer.class)
                .one();
    }

    private void insert(Handle tx, PartyId party, Hash key, HeParams params, EventId event) {
        tx.createUpdate("INSERT INTO audience_merchant_key VALUES (:party, :hash, :params, :event, :at)")
                .bind("party", party.value())
                .bind("hash", key.bytes())
                .bind("params", params.paramsId().bytes())
                .bind("event", event.value())
                .bind("at", minutes.now().atOffset(java.time.ZoneOffset.UTC))
                .execute();
    }
}
