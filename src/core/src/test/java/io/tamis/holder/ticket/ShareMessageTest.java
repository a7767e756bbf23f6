package io.tamis.holder.ticket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.Code;
import io.tamis.data.TamisException;
import io.tamis.he.Bfv;
import io.tamis.he.KeyEpoch;
import io.tamis.he.Schemes;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareFile;
import io.tamis.he.threshold.ShareHeader;
import io.tamis.he.threshold.ShareKind;
import io.tamis.he.threshold.SwitchFile;
import io.tamis.he.threshold.SwitchShare;
import io.tamis.holder.PartyKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareMessageTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final ActiveSet ACTIVE = ActiveSet.of(1, 3);

    private final MemoryKeys keys = new MemoryKeys(3);
    private final PartyKey key = PartyKey.of(keys.publicKey(KeyName.HOLDER_SIGNING));
    private final ShareMessage message = ShareMessage.sign(SCHEME, file(), keys);

    private static ShareFile file() {
        var holder = new HolderIndex(1);
        var shares = List.of("a0", "a1").stream()
                .map(name -> new Share(
                        holder, ACTIVE, Tickets.hash(name), SCHEME.ring().zero()))
                .toList();
        return new ShareFile(new ShareHeader(new KeyEpoch(3), Tickets.hash("ticket"), holder, ACTIVE, 2), shares);
    }

    @Test
    void octets_parsed_giveTheSameMessage() {
        var back = ShareMessage.verified(SCHEME, ShareKind.PLAIN, 2, message.octets(), key);
        assertEquals(file().header(), back.file().header());
        assertEquals(Tickets.hash("a1"), back.file().aggregates().get(1));
        assertArrayEquals(message.octets(), back.octets());
        assertEquals(message.hash(), back.hash());
        assertEquals(ShareMessage.length(SCHEME, ShareKind.PLAIN, 2), message.octets().length);
    }

    /** The signature covers every byte before it, and is checked before any of them is read. */
    @Test
    void octets_withAnyBitChanged_areRefusedAlike() {
        byte[] octets = message.octets();
        for (int bit = 0; bit < 8 * octets.length; bit += 5) {
            byte[] copy = octets.clone();
            copy[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(Code.CIPHERTEXT_REJECTED, refusal(2, copy, key));
        }
    }

    @Test
    void octets_ofAnyOtherLengthOrCount_areRefused() {
        byte[] octets = message.octets();
        assertEquals(Code.CIPHERTEXT_REJECTED, refusal(2, Arrays.copyOf(octets, octets.length - 1), key));
        assertEquals(Code.CIPHERTEXT_REJECTED, refusal(2, Arrays.copyOf(octets, octets.length + 1), key));
        assertEquals(Code.CIPHERTEXT_REJECTED, refusal(2, new byte[0], key));
        assertEquals(Code.CIPHERTEXT_REJECTED, refusal(1, octets, key));
        assertEquals(Code.CIPHERTEXT_REJECTED, refusal(3, octets, key));
    }

    @Test
    void octets_ofAnotherHolder_areRefused() {
        var other = PartyKey.of(new MemoryKeys(4).publicKey(KeyName.HOLDER_SIGNING));
        assertEquals(Code.CIPHERTEXT_REJECTED, refusal(2, message.octets(), other));
    }

    @Test
    void switched_parsed_givesTheSameMessage() {
        var switched = ShareMessage.sign(SCHEME, switchFile(), keys);
        var back = ShareMessage.verified(SCHEME, ShareKind.SWITCH, 2, switched.octets(), key);
        assertEquals(switchFile().header(), back.file().header());
        assertEquals(
                List.of(Tickets.hash("a0"), Tickets.hash("a1")), back.file().aggregates());
        assertArrayEquals(switched.octets(), back.octets());
    }

    /** A plain share where a switched one is asked, and the other way round, has another length and another kind. */
    @Test
    void octets_ofTheOtherKind_areRefused() {
        byte[] switched = ShareMessage.sign(SCHEME, switchFile(), keys).octets();
        for (int segments = 1; segments <= 4; segments++) {
            assertEquals(Code.CIPHERTEXT_REJECTED, refusal(segments, switched, key));
            assertEquals(Code.CIPHERTEXT_REJECTED, refusal(ShareKind.SWITCH, segments, message.octets(), key));
        }
    }

    private static SwitchFile switchFile() {
        var holder = new HolderIndex(1);
        var shares = List.of("a0", "a1").stream()
                .map(name -> new SwitchShare(
                        holder,
                        ACTIVE,
                        Tickets.hash(name),
                        SCHEME.ring().zero(),
                        SCHEME.ring().zero()))
                .toList();
        var header = new ShareHeader(
                ShareKind.SWITCH, new KeyEpoch(3), Tickets.hash("ticket"), holder, ACTIVE, shares.size());
        return new SwitchFile(header, shares);
    }

    private static Code refusal(int segments, byte[] octets, PartyKey key) {
        return refusal(ShareKind.PLAIN, segments, octets, key);
    }

    private static Code refusal(ShareKind kind, int segments, byte[] octets, PartyKey key) {
        return assertThrows(TamisException.class, () -> ShareMessage.verified(SCHEME, kind, segments, octets, key))
                .code();
    }
}
