package io.tamis.he.paillier;

import io.tamis.data.PredictableRandom;

/** Keys ANYONE CAN GUESS, made once: finding primes takes seconds. */
public final class TestKeys {
    public static final PaillierKey FIRST = PaillierKey.generate(new PredictableRandom(3072));
    static final PaillierPublicKey PUBLIC = FIRST.publicKey();

    private TestKeys() {}
}
