package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * The order in which the persons of one dataset version stand in its encrypted tags: by the first 16 bytes, unsigned, of
 * {@code HMAC-SHA256(orderKey, LP("tamis-order-v1") LP(dataset) LP(version) LP(identifier))}, where LP is a length of 4
 * bytes big-endian and the bytes, the version 4 bytes big-endian, the identifier normalised ({@link
 * io.tamis.data.IdentifierText}) in UTF-8. The server and the owner come to the same order, each from its own copy of the
 * persons, and compare {@link #hash}: no identifier travels (docs/adr/0046).
 *
 * <p>Assumes that HMAC-SHA256 is a PRF: who has not the key learns from positions nothing of who stands there. NOT promised:
 * anything against the owner and the server, who both know the persons.
 *
 * <p>Two persons with the same 16 bytes cannot be told from one person twice, and both are refused: of n different persons
 * that happens with probability below n^2 / 2^129.
 */
public final class TagOrder {
    /** Most persons of an order: arrays of 20 bytes a person stay below 3 GB. */
    public static final int PERSONS_MAX = 1 << 27;

    /** Length of an order key. */
    public static final int KEY_BYTES = 32;

    private static final byte[] DOMAIN = "tamis-order-v1".getBytes(UTF_8);
    private static final byte[] KEY_DOMAIN = "tag-order".getBytes(UTF_8);

    private final int[] arrivals;
    private final Hash hash;

    private TagOrder(int[] arrivals, Hash hash) {
        this.arrivals = arrivals;
        this.hash = hash;
    }

    /** The key of this version's order, from the server's root; the owner of the dataset is given it, nobody else. */
    public static SecretBytes key(KeyProvider keys, DatasetId dataset, int version) {
        return SecretBytes.copyOf(
                keys.mac(KeyName.DATASET_MAC, KEY_DOMAIN, dataset.value().getBytes(UTF_8), u32(version))
                        .bytes());
    }

    /** How many persons: positions are 0 to this, exclusive. */
    public int persons() {
        return arrivals.length;
    }

    /** When the person at this position was added: 0 for the first. */
    public int arrivalAt(int position) {
        return arrivals[position];
    }

    /** The positions of the persons in the order in which they were added, 4 bytes each; the caller's array. */
    public int[] positions() {
        var positions = new int[arrivals.length];
        for (int position = 0; position < positions.length; position++) {
            positions[arrivals[position]] = position;
        }
        return positions;
    }

    /** SHA-256 of {@code LP("tamis-order-v1")} and all the 16-byte values in order. It names persons and version together. */
    public Hash hash() {
        return hash;
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /**
     * Takes the persons one by one: 20 bytes of memory each, up to 30 while it grows beyond what was expected. For one
     * thread.
     */
    public static final class Builder implements AutoCloseable {
        private static final int MIN_CAPACITY = 1_024;

        private final Mac mac;
        private final byte[] prefix;
        private final byte[] value = new byte[Hash.LENGTH];
        private final ByteBuffer halves = ByteBuffer.wrap(value);
        private long[] high;
        private long[] low;
        private int count;
        private boolean closed;

        /**
         * An order of a version.
         *
         * @param key {@link #KEY_BYTES} bytes; copied into the Mac
         * @param version 1, 2, ...
         * @param expected about how many persons will come; a hint of up to {@link #PERSONS_MAX}
         */
        public Builder(SecretBytes key, DatasetId dataset, int version, int expected) {
            if (key.length() != KEY_BYTES || version < 1 || expected < 0 || expected > PERSONS_MAX) {
                throw new DataException(Code.INVALID_REQUEST);
            }
            this.mac = Hmac.keyed(key);
            this.prefix = LengthPrefixed.join(DOMAIN, dataset.value().getBytes(UTF_8), u32(version));
            this.high = new long[Math.max(expected, MIN_CAPACITY)];
            this.low = new long[high.length];
        }

        /** Adds the next person by the normalised identifier in UTF-8; TOO_LARGE beyond {@link #PERSONS_MAX}. */
        public void add(byte[] utf8, int from, int length) {
            // Before anything is fed: what a refusal left in the Mac would become part of the next value.
            Objects.checkFromIndexSize(from, length, utf8.length);
            if (closed) {
                throw new IllegalStateException("order already finished");
            }
            if (count == PERSONS_MAX) {
                throw new DataException(Code.TOO_LARGE);
            }
            if (count == high.length) {
                int more = Math.min(PERSONS_MAX, count + count / 2);
                high = Arrays.copyOf(high, more);
                low = Arrays.copyOf(low, more);
            }
            mac.update(prefix);
            for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                mac.update((byte) (length >>> shift));
            }
            mac.update(utf8, from, length);
            try {
                mac.doFinal(value, 0);
            } catch (ShortBufferException impossible) {
                throw new IllegalStateException("HmacSHA256 gives 32 bytes", impossible);
            }
            high[count] = halves.getLong(0);
            low[count] = halves.getLong(Long.BYTES);
            count++;
        }

        /** How many were added. */
        public int persons() {
            return count;
        }

        /** The order of all persons added; BAD_ROW when one was added twice. The builder is closed after it. */
        public TagOrder finish() {
            close();
            var arrivals = new int[count];
            Arrays.setAll(arrivals, i -> i);
            new RadixOrder(high, low, arrivals).sort(count);
            MessageDigest sha256 = Hash.newSha256();
            sha256.update(LengthPrefixed.join(DOMAIN));
            for (int i = 0; i < count; i++) {
                if (i > 0 && high[i] == high[i - 1] && low[i] == low[i - 1]) {
                    throw new DataException(Code.BAD_ROW);
                }
                halves.putLong(0, high[i]).putLong(Long.BYTES, low[i]);
                sha256.update(value, 0, 2 * Long.BYTES);
            }
            return new TagOrder(arrivals, Hash.of(sha256.digest()));
        }

        /** Forgets the key as far as the JDK lets us. */
        @Override
        public void close() {
            closed = true;
            mac.reset();
        }
    }
}
