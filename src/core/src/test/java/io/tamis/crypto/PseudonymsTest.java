package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tamis.data.CollaborationId;
import io.tamis.data.Hash;
import io.tamis.data.PredictableRandom;
import io.tamis.data.Samples;
import io.tamis.data.Semantic;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
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
