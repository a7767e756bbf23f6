package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.Mutations;
import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import io.tamis.data.Semantic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets, sealed values and pseudonyms handled badly: damaged, raced, printed, spelled so that encoding loses it. */
class HostileSecretsTest {
    private static final SecretBytes KEY = SecretBytes.copyOf(new PredictableRandom(1).bytes(32));
    private static final Pseudonyms.Scope SCOPE =
            new Pseudonyms.Scope(new CollaborationId("none"), new Semantic("CN_MOBILE"), 1);

    /** 10,000 damaged sealed values: none opens but the one that was not changed, and no refusal says why. */
    @Test
    void open_damagedSealedValue_isNotAuthentic() {
        byte[] aad = {4};
        byte[] plain = "thirteen byte".getBytes(UTF_8);
        byte[] whole = Sealing.seal(KEY, aad, plain, new PredictableRandom(2));
        Samples.forAll(600_000, 10_000, seed -> Mutations.of(whole, seed), bytes -> {
            try {
                assertArrayEquals(plain, Sealing.open(KEY, aad, bytes));
                assertArrayEquals(whole, bytes);
            } catch (CryptoException refused) {
                assertEquals(Code.INTERNAL, refused.code());
                assertEquals(Code.INTERNAL.title(), refused.getMessage());
            }
        });
    }

    /** Halves of two sealed values under one key make no third. */
    @Test
    void open_splicedSealedValues_isNotAuthentic() {
        var random = new PredictableRandom(3);
        byte[] one = Sealing.seal(KEY, new byte[0], new byte[40], random);
        byte[] other = Sealing.seal(KEY, new byte[0], new byte[40], random);
        for (int cut = 1; cut < one.length; cut++) {
            byte[] spliced = Arrays.copyOf(one, one.length);
            System.arraycopy(other, cut, spliced, cut, other.length - cut);
            assertThrows(CryptoException.class, () -> Sealing.open(KEY, new byte[0], spliced));
        }
    }

    /** Text moved into the place, or the place into the text, is another value. */
    @Test
    void open_textAndPlaceSwapped_isNotAuthentic() {
        byte[] sealed = Sealing.seal(KEY, "ab".getBytes(UTF_8), "c".getBytes(UTF_8), new PredictableRandom(4));
        for (String place : new String[] {"", "a", "abc", "ba"}) {
            assertThrows(CryptoException.class, () -> Sealing.open(KEY, place.getBytes(UTF_8), sealed));
        }
    }

    @Test
    void seal_underAClosedKey_isABug() {
        var closed = SecretBytes.copyOf(new byte[32]);
        closed.close();
        assertThrows(
                IllegalStateException.class,
                () -> Sealing.seal(closed, new byte[0], new byte[0], new PredictableRandom(5)));
        assertThrows(IllegalStateException.class, () -> Sealing.open(closed, new byte[0], new byte[28]));
    }

    /** What a reader gets is the whole secret or an exception, never a secret half zeroed. */
    @Test
    void reveal_whileAnotherCloses_isWholeOrRefused() throws InterruptedException {
        byte[] ones = new byte[4096];
        Arrays.fill(ones, (byte) 1);
        var broken = new java.util.concurrent.atomic.AtomicInteger();
        for (int i = 0; i < 50; i++) {
            var secret = SecretBytes.copyOf(ones);
            try (var threads = Executors.newFixedThreadPool(2)) {
                threads.execute(() -> {
                    try {
                        while (true) {
                            broken.addAndGet(Arrays.equals(ones, secret.reveal()) ? 0 : 1);
                        }
                    } catch (IllegalStateException closed) {
                        assertEquals("secret already closed", closed.getMessage());
                    }
                });
                threads.execute(secret::close);
            }
        }
        assertEquals(0, broken.get());
    }

    /** A password is what {@link String} would encode, without a String that stays in memory. */
    @Test
    void ofPassword_anyCharacters_equalsTheStringsBytes() {
        Samples.forAll(
                610_000,
                2_000,
                seed -> seed.ints(seed.nextInt(8), 0, 12)
                        .map(i -> new int[] {
                                    'a', 0, 0x7f, 0x80, 0x7ff, 0x800, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xffff
                                }
                                [i])
                        .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                        .toString(),
                text -> assertArrayEquals(
                        text.getBytes(UTF_8),
                        SecretBytes.ofPassword(text.toCharArray()).reveal()));
    }

    /** In a record, a list, a map, a message: wherever a secret is printed it prints its class. */
    @Test
    void secret_printedInsideOthers_saysNothing() {
        byte[] bytes = "hunter2".getBytes(UTF_8);
        var secret = SecretBytes.copyOf(bytes);
        var key = new RootKey(KeyAlgorithm.AES_256, List.of(SecretBytes.copyOf(new byte[32])));
        String printed = List.of(
                        key,
                        Map.of("k", secret),
                        Optional.of(secret),
                        Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, secret),
                        SCOPE)
                .toString();
        for (String form : new String[] {
            "hunter2",
            HexFormat.of().formatHex(bytes),
            Arrays.toString(bytes),
            Hash.sha256(bytes).hex().substring(0, 8)
        }) {
            assertFalse(printed.contains(form), form);
        }
    }

    /** Equal hash codes for all secrets of a length: a table of secrets shows nothing but its own slowness. */
    @Test
    void hashCode_ofSecrets_saysTheLengthOnly() {
        var table = new HashMap<SecretBytes, Integer>();
        for (int i = 0; i < 100; i++) {
            table.put(SecretBytes.random(16, new PredictableRandom(i)), i);
        }
        for (int i = 0; i < 100; i++) {
            var again = SecretBytes.random(16, new PredictableRandom(i));
            assertEquals(16, again.hashCode());
            assertEquals(i, table.get(again));
        }
    }

    /**
     * A lone half of a surrogate pair has no UTF-8 form and would become a question mark: three different values, one
     * pseudonym, and two persons joined as one.
     */
    @ParameterizedTest
    @ValueSource(strings = {"1\ud800", "1\udc00", "\udc00\ud800", "\ud800\ud83d\ude00"})
    void pseudonym_ofTextThatUtf8CannotCarry_isRefused(String text) {
        var pseudonyms = Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, KEY);
        assertEquals(
                Code.INVALID_REQUEST,
                assertThrows(DataException.class, () -> pseudonyms.of(SCOPE, text))
                        .code());
        assertNotEquals(pseudonyms.of(SCOPE, "1?"), pseudonyms.of(SCOPE, "1\ud83d\ude00"));
    }

    /** The refused value leaves nothing behind in the thread's Mac. */
    @Test
    void pseudonym_afterARefusal_isTheSameAsBefore() {
        var pseudonyms = Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, KEY);
        var before = pseudonyms.of(SCOPE, "13812345678");
        assertThrows(DataException.class, () -> pseudonyms.of(SCOPE, "138\ud800"));
        assertEquals(before, pseudonyms.of(SCOPE, "13812345678"));
    }

    /** Closing the caller's key does not close the pseudonyms' own copy. */
    @Test
    void pseudonyms_underAKeyClosedLater_stillWork() {
        var key = SecretBytes.copyOf(new byte[32]);
        var pseudonyms = Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, key);
        var before = pseudonyms.of(SCOPE, "x");
        key.close();
        assertEquals(before, pseudonyms.of(SCOPE, "x"));
        assertThrows(IllegalStateException.class, () -> Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, key));
    }

    /** Also in a thread that has its keyed Mac already: what an agreement gave ends when it is closed. */
    @Test
    void pseudonyms_closed_giveNoMore() throws Exception {
        var pseudonyms = Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, KEY);
        try (var thread = java.util.concurrent.Executors.newSingleThreadExecutor()) {
            thread.submit(() -> pseudonyms.of(SCOPE, "x")).get();
            pseudonyms.close();
            var refused = assertThrows(
                    java.util.concurrent.ExecutionException.class,
                    () -> thread.submit(() -> pseudonyms.of(SCOPE, "x")).get());
            assertTrue(refused.getCause() instanceof IllegalStateException);
        }
        assertThrows(IllegalStateException.class, () -> pseudonyms.of(SCOPE, "x"));
        Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, KEY).of(SCOPE, "x");
    }

    /** One bit of the value changes about half of the pseudonym's bits; fewer than 80 of 256 has probability below 1e-8. */
    @Test
    void pseudonym_ofNeighbouringValues_shareNothing() {
        var pseudonyms = Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, KEY);
        for (int i = 0; i < 500; i++) {
            byte[] one = pseudonyms.of(SCOPE, "1381234" + (1000 + i)).bytes();
            byte[] next = pseudonyms.of(SCOPE, "1381234" + (1001 + i)).bytes();
            int bits = 0;
            for (int j = 0; j < one.length; j++) {
                bits += Integer.bitCount((one[j] ^ next[j]) & 0xff);
            }
            assertTrue(bits >= 80, "bits " + bits);
        }
    }
}
