package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Actor;
import io.tamis.data.DepartmentId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoIssuerTest {
    private static final Actor MERCHANT =
            new Actor(new PartyId("brand-a"), new PersonId("u-1"), Role.MERCHANT, new DepartmentId("marketing"));

    @TempDir
    Path folder;

    @Test
    void issue_merchant_carriesExactlyTheDocumentedClaims() throws Exception {
        TestKey.write(new DataDir(folder));
        String[] parts = issue(Optional.empty()).split("\\.", -1);
        assertEquals("{\"alg\":\"ES256\",\"kid\":\"k-1\",\"typ\":\"JWT\"}", decoded(parts[0]));
        assertEquals(
                "{\"aud\":\"tamis\",\"department\":\"marketing\",\"exp\":1795550400,\"groups\":[\"merchant\"],"
                        + "\"iat\":1795507200,\"iss\":\"tamis-demo\",\"party\":\"brand-a\",\"person\":\"u-1\","
                        + "\"sub\":\"u-1\"}",
                decoded(parts[1]));
    }

    @Test
    void issue_subject_becomesTheSub() throws Exception {
        TestKey.write(new DataDir(folder));
        assertTrue(decoded(issue(Optional.of("s-9")).split("\\.", -1)[1]).contains("\"sub\":\"s-9\""));
    }

    @Test
    void issue_anything_verifiesWithThePublicKeyAlone() throws Exception {
        var pair = TestKey.write(new DataDir(folder));
        String token = issue(Optional.empty());
        int dot = token.lastIndexOf('.');
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(pair.getPublic());
        signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1))));
        signature.update((token.substring(0, dot) + "x").getBytes(StandardCharsets.US_ASCII));
        assertFalse(signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1))));
    }

    @Test
    void of_noKey_saysWhereItWouldBe() {
        var missing = assertThrows(ClientException.class, () -> DemoIssuer.of(new DataDir(folder)));
        assertEquals(ExitCode.FORBIDDEN, missing.exit());
        assertTrue(missing.advice().contains("demo-issuer.jwk"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"kty\":\"RSA\",\"crv\":\"P-256\",\"d\":\"AQ\",\"kid\":\"k\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-384\",\"d\":\"AQ\",\"kid\":\"k\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"***\",\"kid\":\"k\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"AQ\"}"
            })
    void of_notAKey_isRefused(String text) throws IOException {
        var data = new DataDir(folder);
        Files.createDirectories(data.issuerKey().getParent());
        Files.writeString(data.issuerKey(), text);
        assertThrows(ClientException.class, () -> DemoIssuer.of(data));
    }

    @Test
    void token_printed_showsNothing() throws Exception {
        assertEquals("BearerToken[redacted]", new BearerToken(TestShell.TOKEN).toString());
    }

    private String issue(Optional<String> subject) {
        return DemoIssuer.of(new DataDir(folder))
                .issue(MERCHANT, subject, TestShell.NOW, Duration.ofHours(12))
                .reveal();
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
