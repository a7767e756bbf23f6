package io.tamis.cli.client;

import io.tamis.data.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A demonstration issuer key as the server writes it. */
public final class TestKey {
    private TestKey() {}

    /** Makes a key and writes its JWK into the data directory. */
    public static KeyPair write(DataDir data) throws GeneralSecurityException, IOException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var point = ((ECPublicKey) pair.getPublic()).getW();
        var jwk = Json.object()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", encode(point.getAffineX()))
                .put("y", encode(point.getAffineY()))
                .put("d", encode(((ECPrivateKey) pair.getPrivate()).getS()))
                .put("kid", "k-1")
                .build();
        Files.createDirectories(data.issuerKey().getParent());
        Files.write(data.issuerKey(), jwk.canonicalBytes());
        return pair;
    }

    private static String encode(BigInteger number) {
        byte[] bytes = number.toByteArray();
        var fixed = new byte[32];
        int length = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(fixed, 32));
    }
}
