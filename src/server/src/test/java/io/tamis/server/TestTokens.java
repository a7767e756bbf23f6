package io.tamis.server;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.Base64;

/** Tokens of the tests' issuer, signed in the test as a real issuer would. */
public final class TestTokens {
    private TestTokens() {}

    /** A token of this role and party; person and department are derived from the role. */
    public static String of(Role role, String party) {
        return of(role, party, "u-" + role.token(), "dept-" + role.token());
    }

    /** A token with all four facts. */
    public static String of(Role role, String party, String person, String department) {
        return signed(Json.object()
                .put("iss", DemoIssuer.NAME)
                .put("aud", "tamis")
                .put("sub", person)
                .put("iat", Instant.now().getEpochSecond())
                .put("exp", Instant.now().getEpochSecond() + 3600)
                .put("groups", Json.strings(java.util.List.of(role.token())))
                .put("party", party)
                .put("person", person)
                .put("department", department)
                .build());
    }

    /** A token with exactly these claims, for tests of bad ones. */
    public static String signed(Json.Obj claims) {
        var header = Json.object()
                .put("alg", "ES256")
                .put("typ", "JWT")
                .put("kid", DemoIssuer.NAME)
                .build();
        String content = encode(header.canonicalBytes()) + "." + encode(claims.canonicalBytes());
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + encode(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static PrivateKey key() throws GeneralSecurityException {
        try {
            var jwk = new JsonFields(Json.parse(Files.readAllBytes(TestServer.DATA.resolve("keys/demo-issuer.jwk"))));
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            var secret = new BigInteger(1, Base64.getUrlDecoder().decode(jwk.string("d", 64)));
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(secret, parameters.getParameterSpec(ECParameterSpec.class)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
