package io.tamis.he.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Crt;
import io.tamis.he.Schemes;
import io.tamis.he.ring.Sampler;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyCandidatesTest {
    private static final Bfv SCHEME = Schemes.SMALL;

    @Test
    void b_ofASeed_isTheSameEveryTime() {
        var candidates = new KeyCandidates(SCHEME, Schemes.seed(1));
        byte[] b = candidates.b(Schemes.seed(9));
        assertEquals(candidates.length(), b.length);
        assertArrayEquals(b, new KeyCandidates(SCHEME, Schemes.seed(1)).b(Schemes.seed(9)));
        assertFalse(Arrays.equals(b, candidates.b(Schemes.seed(10))));
        assertFalse(Arrays.equals(b, new KeyCandidates(SCHEME, Schemes.seed(2)).b(Schemes.seed(9))));
    }

    /** {@code b + a*s} is the error: at most 21, and not zero. */
    @Test
    void b_plusATimesS_isASmallError() {
        var candidates = new KeyCandidates(SCHEME, Schemes.seed(1));
        var b = SCHEME.unpack(candidates.b(Schemes.seed(9)), 0);
        var s = SCHEME.ring().ntt(new Sampler(SCHEME.ring(), Schemes.seed(9)).ternary("s"));
        var a = CollectiveKey.commonA(SCHEME, Schemes.seed(1));
        BigInteger[] error = Crt.centred(b.add(a.multiply(s)).toCoefficients());
        assertTrue(Arrays.stream(error).allMatch(e -> e.abs().intValueExact() <= 21));
        assertTrue(Arrays.stream(error).anyMatch(e -> e.signum() != 0));
    }

    @Test
    void secret_ofASeed_isTheOneBehindB() {
        var candidates = new KeyCandidates(SCHEME, Schemes.seed(1));
        try (var secret = candidates.secret(Schemes.seed(9));
                var share = secret.asShare(new HolderIndex(1), 1)) {
            byte[] bytes = share.reveal();
            var s = SCHEME.unpack(bytes, bytes.length - SCHEME.params().polynomialBytes());
            var coefficients = Crt.centred(s.toCoefficients());
            assertTrue(Arrays.stream(coefficients).allMatch(c -> c.abs().intValueExact() <= 1));
        }
    }
}
