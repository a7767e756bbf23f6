package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.CollaborationId;
import io.tamis.data.Hash;
import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import io.tamis.data.Semantic;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
    private static final byte[] KEY = new PredictableRandom(1).bytes(32);
    private static final CollaborationId NONE = new CollaborationId("none");
    private static final Semantic MOBILE = new Semantic("CN_MOBILE");

    private final Pseudonyms pseudonyms = Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, SecretBytes.copyOf(KEY));

    @Test
    void of_anyValue_equalsTheSlowTwin() {
        Samples.forAll(
                1,
                300,
                seed -> Integer.toString(seed.nextInt()).repeat(1 + seed.nextInt(4)),
                value -> assertEquals(
                        slowTwin("none", "CN_MOBILE", 7, value),
                        pseudonyms.of(new Pseudonyms.Scope(NONE, MOBILE, 7), value)));
        assertEquals(slowTwin("none", "CN_MOBILE", 0, ""), pseudonyms.of(new Pseudonyms.Scope(NONE, MOBILE, 0), ""));
    }

    @Test
    void of_otherScope_isUnrelated() {
        var seen = new HashSet<Hash>();
        seen.add(pseudonyms.of(new Pseudonyms.Scope(NONE, MOBILE, 1), "13812345678"));
        seen.add(pseudonyms.of(new Pseudonyms.Scope(NONE, MOBILE, 2), "13812345678"));
        seen.add(pseudonyms.of(new Pseudonyms.Scope(new CollaborationId("other"), MOBILE, 1), "13812345678"));
        seen.add(pseudonyms.of(new Pseudonyms.Scope(NONE, new Semantic("IMEI"), 1), "13812345678"));
        seen.add(Pseudonyms.under(PseudonymAlgorithm.HMAC_SHA256, SecretBytes.copyOf(new byte[32]))
                .of(new Pseudonyms.Scope(NONE, MOBILE, 1), "13812345678"));
        assertEquals(5, seen.size());
    }

    /** Without the length prefixes the two scopes below would give the same input. */
    @Test
    void of_partsMovedOverABoundary_isUnrelated() {
        assertNotEquals(
                pseudonyms.of(new Pseudonyms.Scope(new CollaborationId("aA"), new Semantic("B"), 1), "x"),
                pseudonyms.of(new Pseudonyms.Scope(new CollaborationId("a"), new Semantic("AB"), 1), "x"));
    }

    @Test
    void of_manyThreads_giveTheSameAsOne() throws Exception {
        var scope = new Pseudonyms.Scope(NONE, MOBILE, 1);
        var results = new ArrayList<Future<Hash>>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 400; i++) {
                String value = "v" + i % 10;
                results.add(threads.submit(() -> pseudonyms.of(scope, value)));
            }
        }
        for (int i = 0; i < results.size(); i++) {
            assertEquals(pseudonyms.of(scope, "v" + i % 10), results.get(i).get());
        }
    }

    /** The two ways in give the same, wherever the value lies in its buffer. */
    @Test
    void of_bytesInABuffer_equalsOfTheText() {
        var scope = new Pseudonyms.Scope(NONE, MOBILE, 3);
        var out = new byte[Pseudonyms.BYTES + 3];
        Samples.forAll(
                2,
                300,
                seed -> List.of(seed.nextInt(20), seed.nextInt(20), (int) (seed.nextLong() >>> 40), seed.nextInt(5)),
                drawn -> {
                    String value = ("数" + drawn.get(2)).repeat(drawn.get(3));
                    byte[] utf8 = value.getBytes(UTF_8);
                    var buffer = new PredictableRandom(drawn.get(2)).bytes(drawn.get(0) + utf8.length + drawn.get(1));
                    System.arraycopy(utf8, 0, buffer, drawn.get(0), utf8.length);
                    pseudonyms.of(scope, buffer, drawn.get(0), utf8.length, out);
                    assertEquals(pseudonyms.of(scope, value), Hash.of(Arrays.copyOf(out, Pseudonyms.BYTES)));
                });
    }

    @Test
    void of_bytesInABuffer_writesThePseudonymAndNothingBehindIt() {
        var out = new byte[Pseudonyms.BYTES + 2];
        Arrays.fill(out, (byte) 7);
        pseudonyms.of(new Pseudonyms.Scope(NONE, MOBILE, 1), new byte[] {'1'}, 0, 1, out);
        assertEquals(7, out[Pseudonyms.BYTES]);
        assertEquals(7, out[Pseudonyms.BYTES + 1]);
    }

    /** What a refused call fed to the thread's Mac would be part of the next person's pseudonym. */
    @Test
    void of_bytesOutOfTheBuffer_isRefusedAndLeavesNothing() {
        var scope = new Pseudonyms.Scope(NONE, MOBILE, 1);
        var before = pseudonyms.of(scope, "13812345678");
        var out = new byte[Pseudonyms.BYTES];
        var value = new byte[11];
        for (int[] range : new int[][] {{0, 12}, {11, 1}, {-1, 1}, {0, -1}, {Integer.MAX_VALUE, 1}}) {
            assertThrows(IndexOutOfBoundsException.class, () -> pseudonyms.of(scope, value, range[0], range[1], out));
        }
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> pseudonyms.of(scope, value, 0, 11, new byte[Pseudonyms.BYTES - 1]));
        assertEquals(before, pseudonyms.of(scope, "13812345678"));
    }

    /** Length 11 and 267 differ in their second byte only: all four bytes of the prefix count. */
    @Test
    void of_longValues_haveAllFourBytesOfTheirLength() {
        var scope = new Pseudonyms.Scope(NONE, MOBILE, 1);
        for (int length : new int[] {255, 256, 267, 65_536, 16_777_217}) {
            String value = "x".repeat(length);
            assertEquals(slowTwin("none", "CN_MOBILE", 1, value), pseudonyms.of(scope, value));
        }
    }

    @Test
    void of_otherAlgorithm_isUnrelated() {
        var sm3 = Pseudonyms.under(PseudonymAlgorithm.HMAC_SM3, SecretBytes.copyOf(KEY));
        var scope = new Pseudonyms.Scope(NONE, MOBILE, 1);
        assertNotEquals(pseudonyms.of(scope, "13812345678"), sm3.of(scope, "13812345678"));
        assertEquals(sm3.of(scope, "13812345678"), sm3.of(scope, "13812345678"));
    }

    private static Hash slowTwin(String collaboration, String semantic, int epoch, String value) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            for (String part : new String[] {collaboration, semantic}) {
                out.writeInt(part.getBytes(UTF_8).length);
                out.write(part.getBytes(UTF_8));
            }
            out.writeInt(4);
            out.writeInt(epoch);
            out.writeInt(value.getBytes(UTF_8).length);
            out.write(value.getBytes(UTF_8));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return Hash.of(mac.doFinal(bytes.toByteArray()));
        } catch (java.io.IOException | java.security.GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
