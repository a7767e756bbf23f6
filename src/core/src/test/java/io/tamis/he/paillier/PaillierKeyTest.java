package io.tamis.he.paillier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.PredictableRandom;
import io.tamis.he.HeException;
import io.tamis.he.ring.Seed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaillierKeyTest {
    private static final BigInteger N = TestKeys.PUBLIC.n();

    private final PredictableRandom random = new PredictableRandom(2);

    /** Remainders by two primes against the textbook: {@code m = L(c^lambda mod n^2) / L((1+n)^lambda mod n^2) mod n}. */
    @Test
    void open_equalsTheTextbook() {
        byte[] factors = TestKeys.FIRST.reveal();
        var p = new BigInteger(1, factors, 0, 192);
        var q = new BigInteger(1, factors, 192, 192);
        BigInteger lambda =
                p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE)).divide(BigInteger.TWO);
        BigInteger squared = N.multiply(N);
        BigInteger scale =
                quotient(N.add(BigInteger.ONE).modPow(lambda, squared)).modInverse(N);
        for (BigInteger plain : List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                N.subtract(BigInteger.ONE),
                N.shiftRight(1),
                new BigInteger(1, random.bytes(300)))) {
            var ciphertext = TestKeys.PUBLIC.encrypt(plain, random);
            assertEquals(plain, TestKeys.FIRST.open(ciphertext));
            assertEquals(
                    plain,
                    quotient(ciphertext.value().modPow(lambda, squared))
                            .multiply(scale)
                            .mod(N));
        }
    }

    private static BigInteger quotient(BigInteger power) {
        return power.subtract(BigInteger.ONE).divide(N);
    }

    @Test
    void encrypt_twice_differs() {
        var once = TestKeys.PUBLIC.encrypt(BigInteger.TEN, random);
        assertNotEquals(
                once.value(), TestKeys.PUBLIC.encrypt(BigInteger.TEN, random).value());
    }

    /** An audited slot's seed gives the same residue for every plaintext: it opens right, and fits its commitment. */
    @Test
    void encrypt_withSlot_opensAndFits() {
        try (var slot = Seed.random(random)) {
            for (long plain : new long[] {0, 1, 123_456_789}) {
                var ciphertext = TestKeys.PUBLIC.encrypt(BigInteger.valueOf(plain), slot);
                assertEquals(BigInteger.valueOf(plain), TestKeys.FIRST.open(ciphertext));
                assertEquals(TestKeys.PUBLIC.slotPart(slot), ciphertext.slotPart());
            }
        }
    }

    @Test
    void plaintextOutOfRange_isRefused() {
        assertThrows(HeException.class, () -> TestKeys.PUBLIC.encrypt(N, random));
        assertThrows(HeException.class, () -> TestKeys.PUBLIC.encrypt(BigInteger.ONE.negate(), random));
    }

    @Test
    void revealed_readsBackAsTheSameKey() {
        var again = PaillierKey.read(TestKeys.FIRST.reveal());
        assertEquals(TestKeys.PUBLIC.id(), again.publicKey().id());
        var ciphertext = PaillierCiphertext.read(
                again.publicKey(),
                TestKeys.PUBLIC.encrypt(BigInteger.TWO, random).bytes());
        assertEquals(BigInteger.TWO, again.open(ciphertext));
        assertArrayEquals(TestKeys.FIRST.reveal(), again.reveal());
    }

    @Test
    void damagedKey_isRefused() {
        byte[] bytes = TestKeys.FIRST.reveal();
        rejected(() -> PaillierKey.read(new byte[0]));
        rejected(() -> PaillierKey.read(new byte[bytes.length]));
        var changed = bytes.clone();
        changed[100] ^= 1;
        rejected(() -> PaillierKey.read(changed));
        var twice = bytes.clone();
        System.arraycopy(twice, 0, twice, 192, 192);
        rejected(() -> PaillierKey.read(twice));
    }

    @Test
    void publicKey_withItsProof_isTaken() {
        var taken = PaillierPublicKey.of(N, TestKeys.PUBLIC.x(), TestKeys.FIRST.proof());
        assertEquals(TestKeys.PUBLIC.id(), taken.id());
    }

    /** The forms of a modulus that is none, each named by what is wrong with it. */
    @Test
    void hostileModulus_isRefused() {
        BigInteger prime = BigInteger.ONE.shiftLeft(3071).add(BigInteger.valueOf(2291));
        BigInteger small = BigInteger.valueOf(1_048_573);
        for (BigInteger n : List.of(
                BigInteger.ZERO,
                N.negate(),
                N.add(BigInteger.ONE),
                N.shiftRight(1024),
                N.shiftLeft(1),
                prime,
                small.multiply(N.divide(small).setBit(0)))) {
            rejected(() -> PaillierPublicKey.of(n, BigInteger.TWO, TestKeys.FIRST.proof()));
        }
        assertTrue(prime.isProbablePrime(50));
    }

    /** n = p*(k*p+1): encryption is not injective there. Its maker has no seventh root, nor another's. */
    @Test
    void modulusThatSharesAFactorWithPhi_isNotProven() {
        // Two primes, found by search.
        BigInteger p = BigInteger.ONE.shiftLeft(1000).add(BigInteger.valueOf(297));
        BigInteger q = BigInteger.ONE
                .shiftLeft(1071)
                .add(BigInteger.valueOf(1628))
                .multiply(p)
                .add(BigInteger.ONE);
        BigInteger n = p.multiply(q);
        assertEquals(Modulus.BITS, n.bitLength());
        assertNotEquals(BigInteger.ONE, n.gcd(p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE))));
        var modulus = Modulus.of(n);
        assertFalse(TestKeys.FIRST.proof().proves(modulus));
        assertFalse(new ModulusProof(Collections.nCopies(ModulusProof.ROOTS, BigInteger.ONE)).proves(modulus));
        rejected(() -> PaillierPublicKey.of(n, BigInteger.TWO, TestKeys.FIRST.proof()));
    }

    @Test
    void proofWithOneRootChanged_isRefused() {
        var modulus = Modulus.of(N);
        assertTrue(TestKeys.FIRST.proof().proves(modulus));
        for (int i = 0; i < ModulusProof.ROOTS; i++) {
            for (BigInteger wrong : List.of(
                    BigInteger.ZERO,
                    BigInteger.ONE.negate(),
                    N,
                    TestKeys.FIRST.proof().roots().get(i).add(BigInteger.ONE),
                    TestKeys.FIRST.proof().roots().get(i).add(N))) {
                var roots = new ArrayList<>(TestKeys.FIRST.proof().roots());
                roots.set(i, wrong);
                assertFalse(new ModulusProof(roots).proves(modulus));
            }
        }
        rejected(() -> new ModulusProof(List.of(BigInteger.ONE)));
    }

    @Test
    void base_withoutOrder_isRefused() {
        for (BigInteger x : List.of(BigInteger.ZERO, BigInteger.ONE, N, N.negate())) {
            rejected(() -> PaillierPublicKey.of(N, x, TestKeys.FIRST.proof()));
        }
        var p = new BigInteger(1, TestKeys.FIRST.reveal(), 0, 192);
        rejected(() -> PaillierPublicKey.of(N, p, TestKeys.FIRST.proof()));
    }

    @Test
    void keyPrints_nothing() {
        assertEquals("PaillierKey", TestKeys.FIRST.toString());
    }

    private static void rejected(org.junit.jupiter.api.function.Executable action) {
        assertEquals(
                HeException.Fault.REJECTED,
                assertThrows(HeException.class, action).fault());
    }
}
