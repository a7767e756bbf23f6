package io.tamis.data;

/** Where secret random bits come from. Production uses the JDK's DRBG; seeded sources live under {@code src/test}. */
@FunctionalInterface
public interface RandomSource {
    /** Fills the whole array with uniform bits. */
    void fill(byte[] bytes);

    /** {@code length} fresh random bytes. */
    default byte[] bytes(int length) {
        var bytes = new byte[length];
        fill(bytes);
        return bytes;
    }
}
