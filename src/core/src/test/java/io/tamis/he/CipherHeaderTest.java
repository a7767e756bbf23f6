package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CipherHeaderTest {
    private static final HeParams PARAMS = HeParams.AGG_8192;
    private static final Alignment ALIGNMENT = new Alignment(7, Hash.sha256());

    @Test
    void read_ofEveryKindAndEncoding_isTheHeader() {
        for (var kind : CipherKind.values()) {
            for (var encoding : List.of(Encoding.TAGS, Encoding.BUCKETS)) {
                for (int count : new int[] {1, 8192}) {
                    var header = new CipherHeader(
                            kind, PARAMS, new KeyEpoch(Long.MAX_VALUE), ALIGNMENT, Integer.MAX_VALUE, encoding, count);
                    byte[] bytes = header.bytes();
                    assertEquals(CipherHeader.LENGTH, bytes.length);
                    assertEquals(header, CipherHeader.read(PARAMS, ByteBuffer.wrap(bytes)));
                }
            }
        }
    }

    @Test
    void header_outsideItsLimits_isRefused() {
        refused(-1, 1);
        refused(0, 0);
        refused(0, 8193);
        assertThrows(HeException.class, () -> new KeyEpoch(0));
        assertThrows(HeException.class, () -> new Alignment(0, Hash.sha256()));
    }

    @Test
    void read_forAnotherProfile_isRefused() {
        var header = new CipherHeader(CipherKind.PUBLIC_KEY, PARAMS, new KeyEpoch(1), ALIGNMENT, 0, Encoding.TAGS, 1);
        var bytes = ByteBuffer.wrap(header.bytes());
        var refusal = assertThrows(HeException.class, () -> CipherHeader.read(HeParams.AGG_8192_HI, bytes));
        assertEquals(Code.CIPHERTEXT_REJECTED, refusal.code());
    }

    /** SEAL's slots are for comparisons; a platform that names them has no business here. */
    @Test
    void read_ofSlots_isRefused() {
        var slots = new CipherHeader(CipherKind.PUBLIC_KEY, PARAMS, new KeyEpoch(1), ALIGNMENT, 0, Encoding.SLOTS, 1);
        var bytes = ByteBuffer.wrap(slots.bytes());
        assertThrows(HeException.class, () -> CipherHeader.read(PARAMS, bytes));
    }

    /** Ours to mend and theirs are told apart by a code, and by nothing else. */
    @Test
    void refusals_sayTheirCodesTitleAlone() {
        var theirs = HeException.rejected();
        assertEquals(Code.CIPHERTEXT_REJECTED.title(), theirs.getMessage());
        assertEquals(0, theirs.members().members().size());
        var ours = assertThrows(HeException.class, () -> HeException.require(false));
        assertEquals(Code.INVALID_REQUEST, ours.code());
        HeException.require(true);
        HeException.accept(true);
    }

    private static void refused(int slot, int count) {
        assertThrows(
                HeException.class,
                () -> new CipherHeader(
                        CipherKind.PUBLIC_KEY, PARAMS, new KeyEpoch(1), ALIGNMENT, slot, Encoding.TAGS, count));
    }
}
