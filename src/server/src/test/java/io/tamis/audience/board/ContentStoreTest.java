package io.tamis.audience.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What is stored, what is refused before it is, and what a crash at each step leaves. */
class ContentStoreTest {
    private static final byte[] CONTENT = {1, 2, 3};
    private static final Hash NAME = Hash.sha256(CONTENT);

    @TempDir
    Path root;

    @Test
    void published_isReadWholeAndInPart_andByThisAccountAlone() throws IOException {
        var store = new ContentStore(root);
        publish(store);
        assertArrayEquals(CONTENT, store.read(NAME).orElseThrow());
        assertArrayEquals(new byte[] {2, 3}, store.read(NAME, 1, 2).orElseThrow());
        assertEquals(Optional.empty(), store.read(NAME, 2, 2));
        assertTrue(store.has(NAME));
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(place()));
        assertEquals(Optional.empty(), store.read(Hash.sha256(new byte[1])));
    }

    @Test
    void tooLong_otherDigest_orBrokenOff_leavesNothing() throws IOException {
        var store = new ContentStore(root);
        assertCode(Code.TOO_LARGE, () -> store.receive(new ByteArrayInputStream(CONTENT), NAME, 2));
        assertCode(
                Code.DIGEST_MISMATCH,
                () -> store.receive(new ByteArrayInputStream(CONTENT), Hash.sha256(new byte[0]), 3));
        assertCode(Code.INVALID_REQUEST, () -> store.receive(new BrokenOff(), NAME, 1 << 20));
        try (var files = Files.list(root)) {
            assertEquals(0, files.count());
        }
    }

    /** A body without end is read to its limit and no further, whatever it announced. */
    @Test
    void endlessBody_isReadToItsLimit() {
        var endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                return read(new byte[1], 0, 1);
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                given += length;
                return length;
            }
        };
        assertCode(Code.TOO_LARGE, () -> new ContentStore(root).receive(endless, NAME, 1_000));
        assertTrue(endless.given <= 2 * (64 << 10));
    }

    @Test
    void unpublished_isDeletedWhenClosed() throws IOException {
        var store = new ContentStore(root);
        try (var incoming = store.receive(CONTENT)) {
            assertEquals(NAME, incoming.hash());
            assertEquals(3, incoming.bytes());
        }
        assertFalse(store.has(NAME));
        try (var files = Files.list(root)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void publishedTwice_isTheSame() {
        var store = new ContentStore(root);
        publish(store);
        publish(store);
        assertArrayEquals(CONTENT, store.read(NAME).orElseThrow());
    }

    @Test
    void altered_isNotGivenOut() throws IOException {
        var store = new ContentStore(root);
        publish(store);
        Files.write(place(), new byte[] {9});
        assertCode(Code.INTERNAL, () -> store.read(NAME));
    }

    /** Killed while writing: swept. Killed between rename and commit: counted, left, and overwritten by the repetition. */
    @Test
    void sweep_deletesWhatWasBeingWritten_andCountsWhatNoRowKnows() throws IOException {
        var store = new ContentStore(root);
        publish(store);
        Path half = Files.write(root.resolve(".incoming-123"), CONTENT);
        Path foreign = Files.write(place().resolveSibling("not-ours"), CONTENT);
        assertEquals(1, store.sweep(names -> Set.of()));
        assertEquals(0, store.sweep(names -> names));
        assertFalse(Files.exists(half));
        assertTrue(Files.exists(place()));
        assertTrue(Files.exists(foreign));
    }

    private Path place() {
        return root.resolve(NAME.hex().substring(0, 2)).resolve(NAME.hex());
    }

    private static void publish(ContentStore store) {
        try (var incoming = store.receive(CONTENT)) {
            incoming.publish();
        }
    }

    private static void assertCode(Code code, Executable refused) {
        assertEquals(code, assertThrows(BoardException.class, refused).code());
    }

    private static final class BrokenOff extends InputStream {
        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            throw new IOException("broken off");
        }
    }
}
