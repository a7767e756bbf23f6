package io.tamis.catalog.collaboration;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.CollaborationId;
import io.tamis.data.IdSource;
import io.tamis.data.RandomSource;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The keys of collaborations: one for the pseudonyms of each epoch, one for the link files of each attachment. All are 32
 * random bytes, kept in the database only, wrapped; setting the wrapped form to NULL destroys them, save in backups of the
 * database, which end as docs/operations.md says. Nothing of them is kept in memory longer than it is used.
 */
@Singleton
class CollaborationKeys {
    private static final int KEY_BYTES = 32;

    private final KeyProvider keys;
    private final RandomSource random;
    private final IdSource ids;

    CollaborationKeys(KeyProvider keys, RandomSource random, IdSource ids) {
        this.keys = keys;
        this.random = random;
        this.ids = ids;
    }

    /** A link key that nobody has stored yet. */
    record LinkKey(UUID id, SecretBytes secret) implements AutoCloseable {
        @Override
        public void close() {
            secret.close();
        }
    }

    /** Makes an epoch's pseudonym key, and gives its name. */
    UUID create(Handle tx, CollaborationId id, int epoch, Instant at) {
        UUID keyId = ids.next();
        try (var secret = SecretBytes.random(KEY_BYTES, random)) {
            WrappedKey wrapped = keys.wrap(KeyName.PSEUDONYM_KEK, secret, place(id, epoch, keyId));
            tx.createUpdate(
                            "INSERT INTO collaboration_key VALUES (:key, :id, :epoch, :generation, :wrapped, :at, NULL)")
                    .bind("key", keyId)
                    .bind("id", id.value())
                    .bind("epoch", epoch)
                    .bind("generation", wrapped.generation())
                    .bind("wrapped", wrapped.blob())
                    .bind("at", at.atOffset(ZoneOffset.UTC))
                    .execute();
        }
        return keyId;
    }

    /** An epoch's pseudonym key; empty when it was destroyed. The caller closes it. */
    Optional<SecretBytes> open(Handle tx, CollaborationId id, int epoch) {
        return tx.createQuery("SELECT key_id, kek_generation, wrapped FROM collaboration_key"
                        + " WHERE collaboration = :id AND epoch = :epoch AND destroyed_at IS NULL")
                .bind("id", id.value())
                .bind("epoch", epoch)
                .map((row, context) -> new AttachmentRows.Keyed(
                        row.getObject("key_id", UUID.class),
                        new WrappedKey(KeyName.PSEUDONYM_KEK, row.getInt("kek_generation"), row.getBytes("wrapped"))))
                .findOne()
                .map(key -> keys.unwrap(KeyName.PSEUDONYM_KEK, key.wrapped(), place(id, epoch, key.keyId())));
    }

    /** Destroys the pseudonym keys that are left, and gives their names. */
    List<UUID> destroy(Handle tx, CollaborationId id, Instant at) {
        return tx.createQuery("UPDATE collaboration_key SET wrapped = NULL, destroyed_at = :at"
                        + " WHERE collaboration = :id AND destroyed_at IS NULL RETURNING key_id")
                .bind("id", id.value())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .mapTo(UUID.class)
                .list();
    }

    /** A fresh link key. */
    LinkKey createLinkKey() {
        return new LinkKey(ids.next(), SecretBytes.random(KEY_BYTES, random));
    }

    /** The link key as an attachment's row keeps it. */
    WrappedKey wrap(LinkKey key, AttachmentRows.Place place) {
        return keys.wrap(KeyName.PSEUDONYM_KEK, key.secret(), place(place, key.id()));
    }

    /** The link key of what is attached there; empty when nothing is. The caller closes it. */
    Optional<SecretBytes> openLinkKey(Handle tx, AttachmentRows.Place place) {
        return AttachmentRows.linkKey(tx, place)
                .map(key -> keys.unwrap(KeyName.PSEUDONYM_KEK, key.wrapped(), place(place, key.keyId())));
    }

    private static byte[] place(CollaborationId id, int epoch, UUID keyId) {
        return bytes("tamis-pseudonym-key-v1\n" + id + "\n" + epoch + "\n" + keyId);
    }

    private static byte[] place(AttachmentRows.Place place, UUID keyId) {
        return bytes("tamis-link-key-v1\n" + place.collaboration() + "\n" + place.dataset() + "\n" + place.version()
                + "\n" + place.keyEpoch() + "\n" + keyId);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
