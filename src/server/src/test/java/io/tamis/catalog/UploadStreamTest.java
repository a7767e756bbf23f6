package io.tamis.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UploadStreamTest {
    private static final String EMPTY = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource clock = now::get;

    @Test
    void digest_readPartly_coversTheWholeBody() throws IOException {
        byte[] body = "abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var upload = stream(body, 6);
        assertEquals('a', upload.read());
        assertEquals(2, upload.read(new byte[2], 0, 2));
        assertEquals(Hash.sha256(body), upload.digest());
    }

    @Test
    void body_atTheLimitPassesAndOneMore_isTooLarge() throws IOException {
        assertEquals(Hash.sha256(new byte[5]), stream(new byte[5], 5).digest());
        assertEquals(Code.TOO_LARGE, refused(() -> stream(new byte[6], 5).digest()));
    }

    @Test
    void sender_slowerThanTheLimit_isTooLarge() throws IOException {
        var upload = stream(new byte[2], 2);
        now.set(Instant.EPOCH.plus(UploadStream.TIME_MAX));
        assertEquals(0, upload.read());
        now.set(Instant.EPOCH.plus(UploadStream.TIME_MAX).plusMillis(1));
        assertEquals(Code.TOO_LARGE, refused(upload::read));
    }

    @Test
    void drain_stopsAtItsLimitOrTheEnd() throws IOException {
        var body = new ByteArrayInputStream(new byte[100_000]);
        var upload = new UploadStream(body, 100_000, clock);
        upload.drain(60_000);
        assertEquals(40_000, body.available());
        upload.drain(60_000);
        assertEquals(0, body.available());
        upload.drain(60_000);
        assertEquals(Hash.sha256(new byte[100_000]), upload.digest());
    }

    @Test
    void close_keepsTheRestReadable() throws IOException {
        var upload = stream(new byte[3], 3);
        upload.close();
        assertEquals(Hash.sha256(new byte[3]), upload.digest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=:" + EMPTY + ":",
                " sha-256=:" + EMPTY + ": ",
                "sha-512=:AAAA:, sha-256=:" + EMPTY + ":",
                "sha-256=:" + EMPTY + ":, sha-512=:AAAA:"
            })
    void header_withSha256_namesIt(String header) {
        assertEquals(Hash.sha256(), UploadStream.named(header.strip()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256=" + EMPTY,
                "sha-256=::",
                "SHA-256=:" + EMPTY + ":",
                "xsha-256=:" + EMPTY + ":",
                "sha-256=:" + EMPTY + ":x",
                "sha-256=:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=:"
            })
    void header_withoutSha256_isInvalid(String header) {
        assertEquals(Code.INVALID_REQUEST, refused(() -> UploadStream.named(header)));
    }

    @Test
    void header_ofEndlessLength_isInvalid() {
        String header = "x, ".repeat(400) + "sha-256=:" + EMPTY + ":";
        assertEquals(Code.INVALID_REQUEST, refused(() -> UploadStream.named(header)));
    }

    private UploadStream stream(byte[] body, long max) {
        return new UploadStream(new ByteArrayInputStream(body), max, clock);
    }

    private static Code refused(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(CatalogException.class, call).code();
    }
}
