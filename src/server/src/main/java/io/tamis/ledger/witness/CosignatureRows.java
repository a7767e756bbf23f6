package io.tamis.ledger.witness;

import io.tamis.log.Origin;
import io.tamis.log.SignedNote;
import io.tamis.log.VerifierKey;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** The table {@code ledger_cosignature}. What it has is a claim until it is verified. */
@Singleton
class CosignatureRows {
    private final Jdbi jdbi;

    CosignatureRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Keeps a cosignature; the first one of a witness and size stays. */
    void insert(Origin origin, long size, VerifierKey witness, SignedNote.Signature signature) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                INSERT INTO ledger_cosignature (origin, size, witness, value) VALUES (:origin, :size, :witness, :value)
                ON CONFLICT DO NOTHING""")
                .bind("origin", origin.value())
                .bind("size", size)
                .bind("witness", witness.toString())
                .bind("value", signature.base64())
                .execute());
    }

    /** Sizes above one and up to another one. */
    record Sizes(long above, long upTo) {}

    /**
     * The largest size this witness has cosigned, up to the published one: nothing larger can be cosigned yet, and a row that
     * somebody wrote must not hide the true ones below it.
     */
    OptionalLong largest(Origin origin, long published, VerifierKey witness) {
        return jdbi
                .withHandle(handle -> handle.createQuery("""
                        SELECT size FROM ledger_cosignature WHERE origin = :origin AND witness = :witness AND size <= :published
                        ORDER BY size DESC LIMIT 1""")
                        .bind("origin", origin.value())
                        .bind("witness", witness.toString())
                        .bind("published", published)
                        .mapTo(Long.class)
                        .findOne())
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** The largest of these sizes with as many of these witnesses. */
    Optional<Long> largest(Origin origin, Sizes sizes, List<VerifierKey> witnesses, int quorum) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                SELECT size FROM ledger_cosignature
                WHERE origin = :origin AND size > :above AND size <= :published AND witness = ANY(:witnesses)
                GROUP BY size HAVING count(*) >= :quorum ORDER BY size DESC LIMIT 1""")
                .bind("origin", origin.value())
                .bind("above", sizes.above())
                .bind("published", sizes.upTo())
                .bindArray("witnesses", String.class, names(witnesses))
                .bind("quorum", quorum)
                .mapTo(Long.class)
                .findOne());
    }

    /** What these witnesses are said to have cosigned at this size. */
    Map<String, String> at(Origin origin, long size, List<VerifierKey> witnesses) {
        return jdbi.withHandle(handle -> {
            var values = new TreeMap<String, String>();
            handle.createQuery("""
                    SELECT witness, value FROM ledger_cosignature
                    WHERE origin = :origin AND size = :size AND witness = ANY(:witnesses)""")
                    .bind("origin", origin.value())
                    .bind("size", size)
                    .bindArray("witnesses", String.class, names(witnesses))
                    .map((row, context) -> Map.entry(row.getString("witness"), row.getString("value")))
                    .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
            return values;
        });
    }

    /** The note of a checkpoint as it was published. */
    Optional<String> note(Origin origin, long size) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                SELECT c.note FROM ledger_checkpoint c JOIN ledger_head h USING (log_id)
                WHERE h.origin = :origin AND c.size = :size""")
                .bind("origin", origin.value())
                .bind("size", size)
                .mapTo(String.class)
                .findOne());
    }

    private static List<String> names(List<VerifierKey> witnesses) {
        return witnesses.stream().map(VerifierKey::toString).toList();
    }
}
