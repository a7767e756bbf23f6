package io.tamis.crypto;

import io.tamis.data.RandomSource;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/** Our randomness in the form BouncyCastle takes it. Its quality is the source's. */
final class SourcedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private SourcedRandom(RandomSource source) {
        super(new Source(source), null);
    }

    static SecureRandom of(RandomSource source) {
        return new SourcedRandom(source);
    }

    private static final class Source extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final transient RandomSource source;

        Source(RandomSource source) {
            this.source = source;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            throw new UnsupportedOperationException("the source is not seeded");
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            source.fill(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            return source.bytes(length);
        }
    }
}
