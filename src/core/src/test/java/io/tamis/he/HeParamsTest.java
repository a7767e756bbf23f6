package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.he.ring.Prime;
import io.tamis.he.ring.Primes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeParamsTest {
    /** Computed apart, in Python, over the fields docs/cryptography.md names. */
    @ParameterizedTest
    @CsvSource({
        "AGG-4096, e8da2eb612394171b6cef7981af81a587a23d34fa50457599b05e4c3d0868ce6",
        "AGG-8192, 233331186086d9117d0afec22f33b8ced6ba9a756b612f4598c1977bc7aebf31",
        "AGG-8192-HI, a69d487ee556f66f8496c840197a367e6d398bc1d644733af177693454c61d19"
    })
    void paramsId_ofEachProfile_isTheWrittenOne(String profile, String id) {
        assertEquals(id, HeParams.named(profile).orElseThrow().paramsId().hex());
    }

    @ParameterizedTest
    @CsvSource({
        "AGG-4096, 98, fffffffb200100052c, 100352, 50208",
        "AGG-8192, 147, 7ffffff8b000c0237bf8afc73a1, 301056, 150560",
        "AGG-8192-HI, 196, ffffffe8a00200c6efdced223ac6f3d68f90dd3, 401408, 200736"
    })
    void profile_hasTheDesignsSizes(String profile, int bits, String delta, int body, int seeded) {
        var params = HeParams.named(profile).orElseThrow();
        assertEquals(bits, params.modulus().bitLength());
        assertEquals(delta, params.delta().toString(16));
        assertEquals(body, params.bodyBytes(CipherKind.PUBLIC_KEY));
        assertEquals(seeded, params.bodyBytes(CipherKind.SEEDED));
    }

    /** Table 1 of SEAL's and the standard's limits: log2 Q at most 109 for n = 4096 and 218 for n = 8192. */
    @Test
    void profiles_areWithin128BitsOfSecurity() {
        assertTrue(HeParams.AGG_4096.modulus().bitLength() <= 109);
        assertTrue(HeParams.AGG_8192.modulus().bitLength() <= 218);
        assertTrue(HeParams.AGG_8192_HI.modulus().bitLength() <= 218);
    }

    @Test
    void named_ofSealsProfiles_isEmpty() {
        assertTrue(HeParams.named(SealCompat.N4096.profile()).isEmpty());
        assertTrue(HeParams.named("agg-8192").isEmpty());
    }

    /** The issue asks for at most 37 bytes a value in the threshold profile and 12.5 for a single holder. */
    @Test
    void upload_ofAFullCiphertext_isWithinTheIssuesBytesAValue() {
        assertTrue(36.8 * 8192 > HeParams.AGG_8192.bodyBytes(CipherKind.PUBLIC_KEY));
        assertTrue(12.5 * 4096 > Ciphertext.length(HeParams.AGG_4096, CipherKind.SEEDED));
    }

    @Test
    void params_outsideTheirLimits_areRefused() {
        var good = HeParams.AGG_8192;
        refused(() -> new HeParams("", good.n(), good.primes(), good.t(), 40));
        refused(() -> new HeParams("x", 8191, good.primes(), good.t(), 40));
        refused(() -> new HeParams("x", 8, good.primes(), good.t(), 40));
        refused(() -> new HeParams("x", good.n(), List.of(), good.t(), 40));
        refused(() -> new HeParams(
                "x", good.n(), List.of(good.primes().get(0), good.primes().get(0)), good.t(), 40));
        refused(() -> new HeParams("x", good.n(), good.primes(), 1, 40));
        refused(() -> new HeParams("x", good.n(), good.primes(), (1L << 48) + 1, 40));
        refused(() -> new HeParams("x", good.n(), good.primes(), good.t(), -1));
        refused(() -> new HeParams("x", good.n(), good.primes(), good.t(), 129));
    }

    @Test
    void params_withARootOfAnotherOrder_areRefused() {
        var prime = Primes.AGG_8192.get(0);
        long square = java.math.BigInteger.valueOf(prime.psi())
                .modPow(java.math.BigInteger.TWO, java.math.BigInteger.valueOf(prime.q()))
                .longValueExact();
        refused(() -> new HeParams("x", 8192, List.of(new Prime(prime.q(), square)), 1 << 20, 40));
    }

    @Test
    void sealsRoots_areTheSmallest() {
        // From the vectors' file n64-pow2, and the rule gives another.
        assertEquals(18215294933437L, SealCompat.smallest(562949953216513L, 64).psi());
        assertEquals(8947345042741L, SealCompat.smallest(562949952847873L, 64).psi());
    }

    private static void refused(Runnable making) {
        assertEquals(
                HeException.Fault.OUT_OF_LIMITS,
                assertThrows(HeException.class, making::run).fault());
    }

    @Test
    void ofId_findsNamedProfilesAlone() {
        for (String name : java.util.List.of("AGG-4096", "AGG-8192", "AGG-8192-HI")) {
            var params = HeParams.named(name).orElseThrow();
            assertEquals(params, HeParams.ofId(params.paramsId()).orElseThrow());
        }
        assertTrue(HeParams.ofId(Schemes.small(64).paramsId()).isEmpty());
    }
}
