package io.tamis.cli.holder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.holder.ceremony.CeremonyId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An epoch's life in a holder's store: made, ended by the service's word, erased or taken up again by the operator's. */
class EpochMarksTest {
    private static final CeremonyId CEREMONY = new CeremonyId(new UUID(0, 7));
    private static final byte[] SHARE = "a share of the third epoch".getBytes(UTF_8);

    @TempDir
    Path temp;

    private BcfksKeyProvider keys;
    private SealedFolder sealed;
    private EpochMarks marks;

    @BeforeEach
    void begin() {
        keys = TestKeys.holder(temp.resolve("keys"));
        sealed = SealedFolder.create(temp.resolve("sealed"), keys, new SystemRandom());
        marks = new EpochMarks(sealed);
        sealed.put("share-3", SHARE);
        marks.begin(3, CEREMONY);
    }

    @Test
    void epoch_begun_isServedAndKnowsItsCeremony() {
        assertTrue(marks.serves(3));
        assertEquals(Optional.of(CEREMONY), marks.ceremony(3));
        assertFalse(marks.serves(4));
        assertEquals(Optional.empty(), marks.ceremony(4));
    }

    /** A server's bare word ends the service, and destroys nothing. */
    @Test
    void epoch_ended_isNotServedAndKeepsItsShare() {
        marks.end(3);
        assertFalse(marks.serves(3));
        assertArrayEquals(SHARE, sealed.find("share-3").orElseThrow());
        reopen();
        assertFalse(marks.serves(3));
        assertEquals(Optional.of(CEREMONY), marks.ceremony(3));
        assertArrayEquals(SHARE, sealed.find("share-3").orElseThrow());
    }

    /** A server that ends what the holder does not have makes no mark: the number is still free for a ceremony. */
    @Test
    void end_ofAnUnknownEpoch_changesNothing() {
        marks.end(4);
        assertEquals(Optional.empty(), marks.ceremony(4));
        assertFalse(sealed.find("epoch-4").isPresent());
    }

    @Test
    void erase_ofAnEndedEpoch_takesTheShareForGood() {
        marks.end(3);
        marks.erase(3);
        assertTrue(sealed.find("share-3").isEmpty());
        reopen();
        assertFalse(marks.serves(3));
        assertTrue(sealed.find("share-3").isEmpty());
        assertEquals(Code.STATE_CONFLICT, code(() -> marks.resume(3)));
        assertFalse(marks.serves(3));
    }

    /** A slip of the operator's finger must not destroy a share that is in use. */
    @Test
    void erase_ofAServedEpoch_isRefused() {
        assertEquals(Code.STATE_CONFLICT, code(() -> marks.erase(3)));
        assertArrayEquals(SHARE, sealed.find("share-3").orElseThrow());
        assertTrue(marks.serves(3));
    }

    /** The crash story: killed between command and answer, the operator says it again. */
    @Test
    void erase_twice_isTheSame() {
        marks.end(3);
        marks.erase(3);
        marks.erase(3);
        assertTrue(sealed.find("share-3").isEmpty());
    }

    @Test
    void eraseAndResume_ofAnUnknownEpoch_areRefused() {
        assertEquals(Code.NOT_FOUND, code(() -> marks.erase(4)));
        assertEquals(Code.NOT_FOUND, code(() -> marks.resume(4)));
    }

    @Test
    void resume_ofAnEpochCalledOverWrongly_servesItAgain() {
        marks.end(3);
        marks.resume(3);
        assertTrue(marks.serves(3));
        reopen();
        assertTrue(marks.serves(3));
        assertEquals(Optional.of(CEREMONY), marks.ceremony(3));
        assertEquals(Code.STATE_CONFLICT, code(() -> marks.resume(3)));
    }

    private void reopen() {
        sealed.close();
        sealed = SealedFolder.open(temp.resolve("sealed"), keys, new SystemRandom());
        marks = new EpochMarks(sealed);
    }

    private static Code code(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(StoreException.class, call).code();
    }
}
