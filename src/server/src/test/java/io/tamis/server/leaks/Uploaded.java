package io.tamis.server.leaks;

import io.restassured.response.Response;
import io.tamis.catalog.collaboration.CollaborationApi.Caller;
import io.tamis.catalog.load.ParquetFiles;
import io.tamis.data.Hash;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The body of an upload. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Uploaded(String dataset, String contentType, byte[] body, String digest) {
    private static final String PARQUET = "application/vnd.apache.parquet";

    static Uploaded csv(String dataset, String text) {
        return of(dataset, "text/csv; charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static Uploaded zip(String dataset, String... parts) {
        return zipNamed("part", dataset, parts);
    }

    static Uploaded zipNamed(String name, String dataset, String... parts) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < parts.length; i++) {
                zip.putNextEntry(new ZipEntry(name + "-" + i + ".csv"));
                zip.write(parts[i].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return of(dataset, "application/zip", bytes.toByteArray());
    }

    /** One Parquet file, not compressed, of the rows of this query. */
    static Uploaded parquet(String dataset, String query) {
        try {
            return of(dataset, PARQUET, ParquetFiles.of(query, "COMPRESSION uncompressed"));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The first half of it. */
    Uploaded cut() {
        return of(dataset, contentType, Arrays.copyOf(body, body.length / 2));
    }

    private static Uploaded of(String dataset, String contentType, byte[] body) {
        String digest = Base64.getEncoder().encodeToString(Hash.sha256(body).bytes());
        return new Uploaded(dataset, contentType, body, "sha-256=:" + digest + ":");
    }

    Uploaded withDigest(String other) {
        return new Uploaded(dataset, contentType, body, other);
    }

    Uploaded withContentType(String other) {
        return new Uploaded(dataset, other, body, digest);
    }

    Response as(Caller owner, int version) {
        return TestApi.request()
                .auth()
                .oauth2(TestTokens.of(owner.role(), owner.party()))
                .header("Content-Digest", digest)
                .header("Content-Type", contentType)
                .body(body)
                .put("/v1/datasets/" + dataset + "/versions/" + version);
    }
}
