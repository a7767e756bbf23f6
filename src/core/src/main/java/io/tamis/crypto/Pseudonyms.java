package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Semantic;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * Keyed pseudonyms of identifiers: HMAC over LP(collaboration) LP(semantic) LP(epoch) LP(value), where LP puts a 4-byte
 * big-endian length before the UTF-8 bytes and the epoch is 4 bytes. The same value has the same pseudonym within one
 * scope and unrelated ones in two scopes. The caller normalises the value first: two spellings are two values. Safe for
 * use by several threads; each keeps one keyed Mac, which halves the cost of a value.
 *
 * <p>Assumes the HMAC to be a PRF and the key to stay secret: who holds it can try all telephone numbers in seconds. NOT
 * promised: anonymity. A pseudonym is still personal data, and equal values show as equal.
 */
public final class Pseudonyms implements AutoCloseable {
    /** Length of a pseudonym. */
    public static final int BYTES = Hash.LENGTH;

    private final SecretBytes key;

    // One Mac per thread and key. A static one would have to be keyed anew for every value.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Mac> mac;

    private volatile boolean closed;

    private Pseudonyms(PseudonymAlgorithm algorithm, SecretBytes key) {
        this.key = key;
        this.mac = ThreadLocal.withInitial(() -> algorithm.keyed(this.key));
    }

    /** Pseudonyms under this key, which is copied. */
    public static Pseudonyms under(PseudonymAlgorithm algorithm, SecretBytes key) {
        byte[] bytes = key.reveal();
        try {
            return new Pseudonyms(algorithm, SecretBytes.copyOf(bytes));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The pseudonym of a normalised value; {@code INVALID_REQUEST} for text that UTF-8 cannot carry. */
    public Hash of(Scope scope, String normalised) {
        byte[] value = utf8(normalised);
        var pseudonym = new byte[BYTES];
        of(scope, value, 0, value.length, pseudonym);
        return Hash.of(pseudonym);
    }

    /**
     * The pseudonym of a normalised value that lies in UTF-8 in a buffer, written to the beginning of {@code out}: for
     * millions of values, without an object of ours for each. The caller vouches for well-formed UTF-8.
     */
    public void of(Scope scope, byte[] utf8, int from, int length, byte[] out) {
        // Before anything is fed: what a refusal left in the thread's Mac would become part of its next value.
        Objects.checkFromIndexSize(from, length, utf8.length);
        Objects.checkFromIndexSize(0, BYTES, out.length);
        if (closed) {
            throw new IllegalStateException("pseudonyms already closed");
        }
        Mac keyed = mac.get();
        keyed.update(scope.prefix);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            keyed.update((byte) (length >>> shift));
        }
        keyed.update(utf8, from, length);
        try {
            keyed.doFinal(out, 0);
        } catch (ShortBufferException impossible) {
            throw new IllegalStateException("both algorithms give " + BYTES + " bytes", impossible);
        }
    }

    /**
     * Forgets the key as far as the JDK lets us: a thread's Mac keeps what it derived from it until the thread ends or the
     * collector comes.
     */
    @Override
    public void close() {
        closed = true;
        mac.remove();
        key.close();
    }

    /** Not {@code getBytes}: that makes a question mark of every lone surrogate, and one pseudonym of several values. */
    private static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException loneSurrogate) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** Where pseudonyms may be joined: one collaboration, one kind of identifier, one epoch. */
    public static final class Scope {
        private final byte[] prefix;

        /** The scope of one collaboration, one kind of identifier, one epoch. */
        public Scope(CollaborationId collaboration, Semantic semantic, int epoch) {
            this.prefix = LengthPrefixed.join(
                    collaboration.value().getBytes(UTF_8),
                    semantic.value().getBytes(UTF_8),
                    ByteBuffer.allocate(Integer.BYTES).putInt(epoch).array());
        }
    }
}
