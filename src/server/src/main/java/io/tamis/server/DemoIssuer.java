package io.tamis.server;

import io.tamis.data.Code;
import io.tamis.data.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/**
 * The issuer of demonstration tokens: an ES256 key made at first start and kept as a JSON Web Key (RFC 7517) that
 * {@code ./tamis token} signs with. Whoever reads that file can be anyone, which is why production refuses it.
 */
record DemoIssuer(String publicJwk) {
    static final String NAME = "tamis-demo";

    private static final int COORDINATE_LENGTH = 32;

    static DemoIssuer in(DataDirectory data) {
        Path file = data.keys().resolve("demo-issuer.jwk");
        try {
            Files.createDirectories(data.keys());
            if (!Files.exists(file)) {
                KeyFiles.write(file, generate().canonicalBytes());
            }
            var key = (Json.Obj) Json.parse(Files.readAllBytes(file));
            return new DemoIssuer(key.without("d").canonical());
        } catch (IOException | GeneralSecurityException failed) {
            throw new StartRefused(Code.ISSUER_MISSING, "The demonstration issuer's key cannot be made.");
        }
    }

    Map<String, String> properties() {
        return Map.of(
                Setting.ISSUER.property(),
                NAME,
                "smallrye.jwt.verify.key-format",
                "JWK",
                Setting.ISSUER_KEY.property(),
                publicJwk);
    }

    private static Json.Obj generate() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        var point = ((ECPublicKey) pair.getPublic()).getW();
        return Json.object()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("alg", "ES256")
                .put("kid", NAME)
                .put("x", encode(point.getAffineX()))
                .put("y", encode(point.getAffineY()))
                .put("d", encode(((ECPrivateKey) pair.getPrivate()).getS()))
                .build();
    }

    /** RFC 7518 section 6.2.1.2: the full size of a coordinate, leading zeros kept. */
    private static String encode(BigInteger coordinate) {
        byte[] signed = coordinate.toByteArray();
        var fixed = new byte[COORDINATE_LENGTH];
        int length = Math.min(signed.length, COORDINATE_LENGTH);
        System.arraycopy(signed, signed.length - length, fixed, COORDINATE_LENGTH - length, length);
        return new String(Base64.getUrlEncoder().withoutPadding().encode(fixed), StandardCharsets.US_ASCII);
    }
}
