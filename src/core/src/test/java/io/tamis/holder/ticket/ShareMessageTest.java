package io.tamis.holder.ticket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareMessageTest {
    private static final PartyId HOLDER = new PartyId("holder-1");
    private static final Hash TICKET = Tickets.hash("ticket");
    private static final int BODY = 5;

    private final MemoryKeys keys = new MemoryKeys(3);
    private final ShareMessage message =
            ShareMessage.sign(TICKET, HOLDER, List.of(new byte[] {1, 2, 3, 4, 5}, new byte[] {6, 7, 8, 9, 10}), keys);

    @Test
    void octets_parsed_giveTheSameMessage() {
        var back = ShareMessage.parse(message.octets(), 2, BODY);
        assertEquals(TICKET, back.ticket());
        assertEquals(HOLDER, back.party());
        assertArrayEquals(new byte[] {6, 7, 8, 9, 10}, back.bodies().get(1));
        assertEquals(message.hash(), back.hash());
        assertTrue(back.verifiedBy(keys.publicKey(KeyName.HOLDER_SIGNING)));
        assertEquals(ShareMessage.length(HOLDER, 2, BODY), message.octets().length);
    }

    @Test
    void octets_ofAFixedMessage_areThoseOfTheFormat() {
        byte[] octets = message.octets();
        assertArrayEquals(new byte[] {'T', 'A', 'S', 'H', 1}, Arrays.copyOf(octets, 5));
        assertArrayEquals(TICKET.bytes(), Arrays.copyOfRange(octets, 5, 37));
        assertEquals(8, octets[37]);
        assertArrayEquals(
                new byte[] {'h', 'o', 'l', 'd', 'e', 'r', '-', '1', 0, 2, 0, 0, 0, 5, 1, 2, 3, 4, 5, 6},
                Arrays.copyOfRange(octets, 38, 58));
    }

    @Test
    void signature_afterAnyChange_doesNotHold() {
        byte[] key = keys.publicKey(KeyName.HOLDER_SIGNING);
        byte[] octets = message.octets();
        for (int bit = 0; bit < 8 * octets.length; bit++) {
            byte[] copy = octets.clone();
            copy[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertFalse(ShareMessage.parse(copy, 2, BODY).verifiedBy(key));
            } catch (DataException refused) {
                assertEquals(Code.CIPHERTEXT_REJECTED, refused.code());
            }
        }
    }

    @Test
    void parse_ofAnyOtherLength_isRefused() {
        byte[] octets = message.octets();
        for (int length = 0; length < octets.length; length++) {
            byte[] part = Arrays.copyOf(octets, length);
            assertThrows(DataException.class, () -> ShareMessage.parse(part, 2, BODY));
        }
        assertThrows(DataException.class, () -> ShareMessage.parse(Arrays.copyOf(octets, octets.length + 1), 2, BODY));
    }

    /** A declared length is never believed: what is read is what the reader's own parameters say. */
    @Test
    void parse_withOtherExpectations_isRefused() {
        byte[] octets = message.octets();
        assertThrows(DataException.class, () -> ShareMessage.parse(octets, 1, 10));
        assertThrows(DataException.class, () -> ShareMessage.parse(octets, 10, 1));
        assertThrows(DataException.class, () -> ShareMessage.parse(octets, 2, BODY + 1));
    }

    @Test
    void sign_ofBodiesOfTwoLengthsOrNone_isRefused() {
        assertThrows(
                DataException.class, () -> ShareMessage.sign(TICKET, HOLDER, List.of(new byte[2], new byte[3]), keys));
        assertThrows(DataException.class, () -> ShareMessage.sign(TICKET, HOLDER, List.of(), keys));
        assertThrows(DataException.class, () -> ShareMessage.sign(TICKET, HOLDER, List.of(new byte[0]), keys));
    }

    @Test
    void bodies_changedByTheirReader_stayAsTheyWere() {
        message.bodies().getFirst()[0] = 99;
        assertEquals(1, message.bodies().getFirst()[0]);
    }
}
