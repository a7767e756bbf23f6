package io.tamis.data;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.UUID;

/** UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, then 74 random bits. Safe for use by several threads. */
public final class TimeOrderedIds implements IdSource {
    private final InstantSource clock;
    private final RandomSource random;

    /** Ids stamped by {@code clock}, made unique by {@code random}. */
    public TimeOrderedIds(InstantSource clock, RandomSource random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public UUID next() {
        var bits = ByteBuffer.wrap(random.bytes(16));
        long high = (clock.millis() << 16) | 0x7000L | (bits.getLong() & 0x0FFFL);
        long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
