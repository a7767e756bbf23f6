package io.tamis.holder.ticket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tamis.crypto.Ed25519;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One holder's answer to one ticket, as posted:
 *
 * <pre>
 * "TASH" | version u8 = 1 | ticket hash 32 | party length u8 | party | segments u16 | body length u32 | bodies | signature 64
 * </pre>
 *
 * Integers big-endian; bodies in the ticket's order of segments, all of one length; Ed25519 over {@code "tamis-share-v1\n"}
 * and everything before the signature. The body of a segment is the holder's share of its sum in the wire form of {@code he}.
 */
public final class ShareMessage {
    private static final byte[] MAGIC = "TASH".getBytes(US_ASCII);
    private static final byte[] DOMAIN = "tamis-share-v1\n".getBytes(US_ASCII);
    private static final byte VERSION = 1;
    private static final int PARTY_LENGTH_MAX = 64;

    private final Hash ticket;
    private final PartyId party;
    private final List<byte[]> bodies;
    private final byte[] octets;

    private ShareMessage(Hash ticket, PartyId party, List<byte[]> bodies, byte[] octets) {
        this.ticket = ticket;
        this.party = party;
        this.bodies = bodies;
        this.octets = octets;
    }

    /** The shares of these segments, signed by the holder's {@link KeyName#HOLDER_SIGNING}. */
    public static ShareMessage sign(Hash ticket, PartyId party, List<byte[]> bodies, KeyProvider keys) {
        byte[] unsigned = unsigned(ticket, party, bodies);
        byte[] signature = keys.sign(KeyName.HOLDER_SIGNING, message(unsigned));
        byte[] octets = Arrays.copyOf(unsigned, unsigned.length + signature.length);
        System.arraycopy(signature, 0, octets, unsigned.length, signature.length);
        return new ShareMessage(ticket, party, copies(bodies), octets);
    }

    /** How long the message of a party named like this is. */
    public static int length(PartyId party, int segments, int bodyLength) {
        int header = MAGIC.length + 1 + Hash.LENGTH + 1 + party.value().length() + Short.BYTES + Integer.BYTES;
        return Math.addExact(header + Ed25519.SIGNATURE_BYTES, Math.multiplyExact(segments, bodyLength));
    }

    /**
     * Reads a message of so many segments with bodies of this length; anything else is {@code CIPHERTEXT_REJECTED}, with no
     * word about what was wrong. Whether the signature holds is not yet looked at.
     */
    public static ShareMessage parse(byte[] octets, int segments, int bodyLength) {
        var left = ByteBuffer.wrap(octets);
        require(octets.length >= MAGIC.length + 2 + Hash.LENGTH);
        require(Arrays.equals(taken(left, MAGIC.length), MAGIC) && left.get() == VERSION);
        Hash ticket = Hash.of(taken(left, Hash.LENGTH));
        int nameLength = left.get() & 0xff;
        require(nameLength >= 1 && nameLength <= PARTY_LENGTH_MAX && left.remaining() > nameLength);
        PartyId party = party(new String(taken(left, nameLength), US_ASCII));
        require(octets.length == length(party, segments, bodyLength));
        require((left.getShort() & 0xffff) == segments && left.getInt() == bodyLength);
        var bodies = new ArrayList<byte[]>();
        for (int i = 0; i < segments; i++) {
            bodies.add(taken(left, bodyLength));
        }
        return new ShareMessage(ticket, party, bodies, octets.clone());
    }

    /** {@link SignedTicket#hash} of the ticket it answers. */
    public Hash ticket() {
        return ticket;
    }

    /** Whose share it says it is. */
    public PartyId party() {
        return party;
    }

    /** The bodies, one a segment; copies. */
    public List<byte[]> bodies() {
        return copies(bodies);
    }

    /** True when this key signed it. */
    public boolean verifiedBy(byte[] holderKey) {
        int unsigned = octets.length - Ed25519.SIGNATURE_BYTES;
        return Ed25519.verify(
                holderKey,
                message(Arrays.copyOf(octets, unsigned)),
                Arrays.copyOfRange(octets, unsigned, octets.length));
    }

    /** The message as posted; a copy. */
    public byte[] octets() {
        return octets.clone();
    }

    /** SHA-256 of the message. */
    public Hash hash() {
        return Hash.sha256(octets);
    }

    private static byte[] unsigned(Hash ticket, PartyId party, List<byte[]> bodies) {
        Objects.requireNonNull(ticket);
        int bodyLength = bodies.isEmpty() ? 0 : bodies.getFirst().length;
        boolean alike = bodies.stream().allMatch(body -> body.length == bodyLength);
        if (bodyLength == 0 || !alike || bodies.size() > DecryptionTicket.SEGMENTS_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        byte[] name = party.value().getBytes(US_ASCII);
        var out = ByteBuffer.allocate(length(party, bodies.size(), bodyLength) - Ed25519.SIGNATURE_BYTES);
        out.put(MAGIC).put(VERSION).put(ticket.bytes()).put((byte) name.length).put(name);
        out.putShort((short) bodies.size()).putInt(bodyLength);
        bodies.forEach(out::put);
        return out.array();
    }

    private static byte[] message(byte[] unsigned) {
        byte[] message = Arrays.copyOf(DOMAIN, DOMAIN.length + unsigned.length);
        System.arraycopy(unsigned, 0, message, DOMAIN.length, unsigned.length);
        return message;
    }

    private static PartyId party(String name) {
        try {
            return new PartyId(name);
        } catch (DataException malformed) {
            throw rejected();
        }
    }

    private static byte[] taken(ByteBuffer from, int length) {
        var bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static List<byte[]> copies(List<byte[]> bodies) {
        return bodies.stream().map(byte[]::clone).toList();
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw rejected();
        }
    }

    private static DataException rejected() {
        return new DataException(Code.CIPHERTEXT_REJECTED);
    }

    @Override
    public String toString() {
        return "ShareMessage[" + party + ", " + ticket + "]";
    }
}
