package io.tamis.sandbox;

import io.tamis.data.RandomSource;
import io.tamis.privacy.SipHash;

/** The secret key of one release's choice of groups; fresh, never logged, never kept. */
final class Salt {
    private final byte[] bytes;

    private Salt(byte[] bytes) {
        this.bytes = bytes;
    }

    static Salt fresh(RandomSource random) {
        return new Salt(random.bytes(SipHash.KEY_LENGTH));
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
