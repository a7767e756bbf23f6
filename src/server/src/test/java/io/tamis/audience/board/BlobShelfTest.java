package io.tamis.audience.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.IdSource;
import io.tamis.data.PartyId;
import io.tamis.server.TamisTest;
import io.tamis.server.TestServer;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Blobs belong to the board they were put on; a start finds what a crash left. */
@TamisTest
class BlobShelfTest {
    private static final PartyId PARTY = new PartyId("somebody");

    @Inject
    BlobShelf shelf;

    @Inject
    Boards boards;

    @Inject
    Jdbi jdbi;

    @Inject
    IdSource ids;

    @Inject
    InstantSource clock;

    @Test
    void blob_isReadOnItsBoardAlone() {
        var one = board();
        var other = board();
        byte[] content = one.value().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Hash hash = Hash.sha256(content);
        assertTrue(put(one, content));
        assertFalse(put(one, content));
        assertArrayEquals(content, shelf.find(one, hash).orElseThrow());
        assertEquals(Optional.empty(), shelf.find(other, hash));
        assertTrue(put(other, content));
        assertArrayEquals(content, shelf.on(other).checked(hash).orElseThrow());
    }

    @Test
    void beyondWhatAPartyMayPut_isRefused_andAnotherPartyIsNot() {
        var board = board();
        for (int i = 0; i < BlobShelf.BLOBS_MAX; i++) {
            assertTrue(put(board, (board.value() + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        assertEquals(
                Code.TOO_LARGE,
                assertThrows(BoardException.class, () -> put(board, new byte[] {1, 2, 3}))
                        .code());
        byte[] last = {4, 5, 6};
        assertTrue(
                shelf.put(board, new PartyId("another"), Hash.sha256(last), new ByteArrayInputStream(last), tx -> {}));
    }

    /** A board may close between the upload and its row: it is asked again in the row's transaction. */
    @Test
    void boardThatClosesMeanwhile_takesNothing() {
        var board = board();
        var asked = new int[1];
        byte[] content = {7, 8, 9};
        assertThrows(
                BoardException.class,
                () -> shelf.put(board, PARTY, Hash.sha256(content), new ByteArrayInputStream(content), tx -> {
                    if (++asked[0] > 1) {
                        throw new BoardException(Code.STATE_CONFLICT);
                    }
                }));
        assertEquals(Optional.empty(), shelf.find(board, Hash.sha256(content)));
    }

    @Test
    void sweep_keepsWhatHasRows_andDeletesWhatWasBeingWritten() throws IOException {
        var board = board();
        byte[] content = ("swept " + board).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        put(board, content);
        var half = Files.write(TestServer.DATA.resolve("audience/blobs/.incoming-test"), content);
        shelf.sweep();
        assertFalse(Files.exists(half));
        assertArrayEquals(content, shelf.find(board, Hash.sha256(content)).orElseThrow());
    }

    private boolean put(BoardId board, byte[] content) {
        return shelf.put(board, PARTY, Hash.sha256(content), new ByteArrayInputStream(content), tx -> {});
    }

    private BoardId board() {
        var id = BoardId.round(ids.next());
        jdbi.useTransaction(tx -> boards.open(tx, id, clock.instant()));
        return id;
    }
}
