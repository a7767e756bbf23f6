package io.tamis.audience.tickets;

import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.ContentStore;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Masks, masked sums and shares, by hash: {@code <data>/audience/tickets}. Masks say who of a platform's persons is in a
 * segment, as the scan files beside them do; they are readable by this account alone.
 */
@Singleton
public class TicketFiles {
    private final ContentStore store;

    @Inject
    TicketFiles(@ConfigProperty(name = "tamis.data") Path data) {
        this.store = new ContentStore(
                data.toAbsolutePath().normalize().resolve("audience").resolve("tickets"));
    }

    /** Files that are written and have no place yet. */
    public final class Batch implements AutoCloseable {
        private final Map<Hash, ContentStore.Incoming> files = new LinkedHashMap<>();

        private Batch() {}

        /** Writes a file, durably; its hash. */
        public Hash add(byte[] content) {
            Hash hash = Hash.sha256(content);
            if (!files.containsKey(hash)) {
                files.put(hash, store.receive(content));
            }
            return hash;
        }

        /** Gives all of them their places: within the transaction of their rows, before that commits. */
        void publish() {
            files.values().forEach(ContentStore.Incoming::publish);
        }

        @Override
        public void close() {
            files.values().forEach(ContentStore.Incoming::close);
        }
    }

    /** An empty batch; whoever takes it closes it. */
    public Batch batch() {
        return new Batch();
    }

    /** The file of this hash; INTERNAL when it is not there. */
    byte[] read(Hash hash) {
        return store.read(hash).orElseThrow(() -> new BoardException(Code.INTERNAL));
    }
}
