package io.tamis.cli.client;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Signs tokens with the demonstration issuer's private key (ES256, RFC 7518 section 3.4), a file that the demonstration
 * server made. Whoever can read the file is everybody, which is why a production server refuses this issuer.
 */
public final class DemoIssuer {
    private static final int KEY_FILE_BYTES_MAX = 4096;
    private static final int FIELD_LENGTH_MAX = 128;

    private final PrivateKey key;
    private final String keyId;

    private DemoIssuer(PrivateKey key, String keyId) {
        this.key = key;
        this.keyId = keyId;
    }

    /** The issuer of the server on this data directory. */
    public static DemoIssuer of(DataDir data) {
        Path file = data.issuerKey();
        try {
            if (Files.notExists(file)) {
                throw new ClientException(
                        Code.ISSUER_MISSING,
                        ExitCode.FORBIDDEN,
                        "no demonstration issuer key at " + file
                                + ": start ./tamis serve or demo once, or bring a token of your own issuer");
            }
            if (Files.size(file) > KEY_FILE_BYTES_MAX) {
                throw new DataException(Code.TOO_LARGE);
            }
            return parse(Json.parse(Files.readAllBytes(file)));
        } catch (IOException | GeneralSecurityException | DataException unusable) {
            throw new ClientException(
                    Code.ISSUER_MISSING,
                    ExitCode.FORBIDDEN,
                    "the demonstration issuer key cannot be read: " + file,
                    unusable);
        }
    }

    private static DemoIssuer parse(Json jwk) throws GeneralSecurityException {
        var fields = new JsonFields(jwk);
        if (!fields.string("kty", 8).equals("EC") || !fields.string("crv", 8).equals("P-256")) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        byte[] scalar;
        try {
            scalar = Base64.getUrlDecoder().decode(fields.string("d", FIELD_LENGTH_MAX));
        } catch (IllegalArgumentException notBase64) {
            throw new GeneralSecurityException(notBase64);
        }
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        var spec = new ECPrivateKeySpec(new BigInteger(1, scalar), parameters.getParameterSpec(ECParameterSpec.class));
        return new DemoIssuer(
                KeyFactory.getInstance("EC").generatePrivate(spec), fields.string("kid", FIELD_LENGTH_MAX));
    }

    /** A token for this actor; {@code subject} is the data subject whom a data-subject token speaks for. */
    public BearerToken issue(Actor actor, Optional<String> subject, Instant now, Duration timeToLive) {
        var header = Json.object().put("alg", "ES256").put("kid", keyId).put("typ", "JWT");
        var claims = Json.object()
                .put("iss", "tamis-demo")
                .put("aud", "tamis")
                .put("sub", subject.orElse(actor.person().value()))
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(timeToLive).getEpochSecond())
                .put("groups", Json.strings(List.of(actor.role().token())))
                .put("party", actor.party().value())
                .put("person", actor.person().value())
                .put("department", actor.department().value());
        String signed = encode(header.build().canonicalBytes()) + "."
                + encode(claims.build().canonicalBytes());
        return new BearerToken(signed + "." + encode(sign(signed.getBytes(StandardCharsets.US_ASCII))));
    }

    private byte[] sign(byte[] message) {
        try {
            // P1363 is the raw r || s that RFC 7518 section 3.4 asks for; the JDK's default is DER.
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK signs with P-256", impossible);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
