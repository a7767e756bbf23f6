package io.tamis.he.paillier;

import io.tamis.data.Hash;
import io.tamis.he.HeException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A unit modulo n^2. On the wire 805 bytes: {@code TAPA}, version u8 = 1, the key's id 32, the value big-endian 768.
 *
 * @param key under which it was made
 * @param value 0 &lt; value &lt; n^2, without a factor in common with n
 */
public record PaillierCiphertext(PaillierPublicKey key, BigInteger value) {
    /** Bytes of the value. */
    private static final int VALUE_BYTES = 2 * PaillierPublicKey.MODULUS_BYTES;

    private static final byte[] MAGIC = "TAPA".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;

    /** Length on the wire. */
    public static final int LENGTH = MAGIC.length + 1 + Hash.LENGTH + VALUE_BYTES;

    /** Refuses what is no unit. */
    public PaillierCiphertext {
        HeException.accept(key.modulus().isUnit(value));
    }

    /** Reads exactly one ciphertext under this key; anything else is refused, without saying why. */
    public static PaillierCiphertext read(PaillierPublicKey key, byte[] bytes) {
        HeException.accept(bytes.length == LENGTH);
        var in = ByteBuffer.wrap(bytes);
        var magic = new byte[MAGIC.length];
        in.get(magic);
        var id = new byte[Hash.LENGTH];
        HeException.accept(Arrays.equals(magic, MAGIC) && in.get() == VERSION);
        in.get(id);
        HeException.accept(Hash.of(id).equals(key.id()));
        return key.ciphertext(new BigInteger(1, bytes, LENGTH - VALUE_BYTES, VALUE_BYTES));
    }

    /** The 805 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .put(VERSION)
                .put(key.id().bytes())
                .put(PaillierPublicKey.fixed(value, VALUE_BYTES))
                .array();
    }

    /** The hash that an audited slot's survivor must have, {@link PaillierPublicKey#slotPart(io.tamis.he.ring.Seed)}. */
    public Hash slotPart() {
        return key.slotPart(value.mod(key.n()));
    }

    @Override
    public String toString() {
        return "PaillierCiphertext";
    }
}
