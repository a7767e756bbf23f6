package io.tamis.privacy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 with a secret 128-bit key (Aumasson and Bernstein 2012): a pseudo-random function of short inputs. Without
 * the key nobody can choose inputs that come out small. NOT a collision-resistant hash: 64 bits.
 */
public final class SipHash {
    /** Length of a key in bytes. */
    public static final int KEY_LENGTH = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long k0;
    private final long k1;

    /** The function under this key of 16 bytes. */
    public SipHash(byte[] key) {
        PrivacyException.require(key.length == KEY_LENGTH);
        this.k0 = (long) LONGS.get(key, 0);
        this.k1 = (long) LONGS.get(key, Long.BYTES);
    }

    /** The hash of these bytes. */
    public long hash(byte[] message) {
        var state = new State(k0, k1);
        int whole = message.length - message.length % Long.BYTES;
        for (int at = 0; at < whole; at += Long.BYTES) {
            state.absorb((long) LONGS.get(message, at));
        }
        long last = (long) message.length << 56;
        for (int at = whole; at < message.length; at++) {
            last |= (message[at] & 0xffL) << (8 * (at - whole));
        }
        state.absorb(last);
        return state.finish();
    }

    /**
     * The hash of the twelve bytes {@code unit ‖ group}, both little-endian. The kernel's hot path: the rounds are written
     * out over locals, because an object for the state is allocated until the JIT has seen enough of it.
     */
    public long hash(long unit, int group) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        long last = (group & 0xffffffffL) | (long) (Long.BYTES + Integer.BYTES) << 56;
        for (int block = 0; block < 3; block++) {
            long word = block == 0 ? unit : block == 1 ? last : 0;
            v3 ^= word;
            v2 ^= block == 2 ? 0xff : 0;
            for (int round = block == 2 ? 4 : 2; round > 0; round--) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long k0, long k1) {
            v0 = k0 ^ 0x736f6d6570736575L;
            v1 = k1 ^ 0x646f72616e646f6dL;
            v2 = k0 ^ 0x6c7967656e657261L;
            v3 = k1 ^ 0x7465646279746573L;
        }

        void absorb(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long finish() {
            v2 ^= 0xff;
            round();
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
