package io.tamis.audience.board;

import io.quarkus.runtime.StartupEvent;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.holder.Blobs;
import io.tamis.ledger.Events;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The large parts of boards' messages: {@code <data>/audience/blobs}. A blob is read on the boards it was put on, alone. */
@Singleton
public class BlobShelf {
    /** Most blobs a party puts on a board. */
    public static final int BLOBS_MAX = 256;

    /** Most bytes a party puts on a board. */
    public static final long BYTES_MAX = 256L << 20;

    private static final int WHEN = Interceptor.Priority.LIBRARY_BEFORE + 320;
    private static final Logger LOG = Logger.getLogger(BlobShelf.class);

    private final ContentStore files;
    private final Jdbi jdbi;
    private final InstantSource clock;

    @Inject
    BlobShelf(@ConfigProperty(name = "tamis.data") Path data, Jdbi jdbi, InstantSource clock) {
        this.files = new ContentStore(
                data.toAbsolutePath().normalize().resolve("audience").resolve("blobs"));
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Looks, in the transaction that adds the row, that the board still takes blobs; locks the board's row. */
    @FunctionalInterface
    public interface Permission {
        /** Throws what the caller is to be told. */
        void require(Handle tx);
    }

    /** Puts a blob on a board; false when it is there already. */
    public boolean put(BoardId board, PartyId party, Hash hash, InputStream body, Permission permission) {
        jdbi.useTransaction(permission::require);
        try (var incoming = files.receive(body, hash, Blobs.BYTES_MAX)) {
            if (incoming.bytes() == 0) {
                throw new BoardException(Code.INVALID_REQUEST);
            }
            return jdbi.inTransaction(tx -> {
                permission.require(tx);
                return add(tx, board, party, incoming);
            });
        }
    }

    /** Keeps what the service itself puts on a board, in the caller's transaction. */
    public void keep(Handle tx, BoardId board, byte[] content) {
        try (var incoming = files.receive(content)) {
            add(tx, board, Events.SERVICE, incoming);
        }
    }

    /** The blob of this hash on this board. */
    public Optional<byte[]> find(BoardId board, Hash hash) {
        boolean there = jdbi.withHandle(handle -> has(handle, board, hash));
        return there ? files.read(hash) : Optional.empty();
    }

    /** A part of it, not hashed again. */
    public Optional<byte[]> find(BoardId board, Hash hash, long from, int length) {
        boolean there = jdbi.withHandle(handle -> has(handle, board, hash));
        return there ? files.read(hash, from, length) : Optional.empty();
    }

    /** True when the blob is on this board. */
    public boolean has(Handle tx, BoardId board, Hash hash) {
        return length(tx, board, hash).isPresent();
    }

    /** How long the blob is that is on this board. */
    public Optional<Integer> length(Handle tx, BoardId board, Hash hash) {
        return tx.createQuery("SELECT bytes FROM audience_blob WHERE board = :board AND hash = :hash")
                .bind("board", board.value())
                .bind("hash", hash.bytes())
                .mapTo(Integer.class)
                .findOne();
    }

    /** The blobs of a board, as the pure code of core asks for them. */
    public Blobs on(BoardId board) {
        return hash -> find(board, hash);
    }

    void start(@Observes @Priority(WHEN) StartupEvent started) {
        sweep();
    }

    /** Deletes what interrupted requests left. */
    void sweep() {
        long unknown = files.sweep(this::known);
        if (unknown > 0) {
            LOG.warnf("the database has no row for %d blobs: they are left as they are", unknown);
        }
    }

    private boolean add(Handle tx, BoardId board, PartyId party, ContentStore.Incoming incoming) {
        if (has(tx, board, incoming.hash())) {
            return false;
        }
        long[] used = tx.createQuery("SELECT count(*), coalesce(sum(bytes), 0) FROM audience_blob"
                        + " WHERE board = :board AND party = :party")
                .bind("board", board.value())
                .bind("party", party.value())
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2)})
                .one();
        if (used[0] >= BLOBS_MAX || used[1] + incoming.bytes() > BYTES_MAX) {
            throw new BoardException(Code.TOO_LARGE);
        }
        incoming.publish();
        tx.createUpdate("INSERT INTO audience_blob VALUES (:board, :hash, :party, :bytes, :at)")
                .bind("board", board.value())
                .bind("hash", incoming.hash().bytes())
                .bind("party", party.value())
                .bind("bytes", incoming.bytes())
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
        return true;
    }

    private Set<Hash> known(Set<Hash> names) {
        return new HashSet<>(jdbi.withHandle(handle -> handle.createQuery("SELECT DISTINCT hash FROM audience_blob"
                        + " WHERE hash IN (SELECT decode(name, 'hex') FROM unnest(:names) AS name)")
                .bindArray("names", String.class, names.stream().map(Hash::hex).toList())
                .map((row, context) -> Hash.of(row.getBytes(1)))
                .list()));
    }
}
