package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
    @TempDir
    Path folder;

    @Test
    void send_largeFile_arrivesWholeWithItsDigestAndLength() throws IOException {
        byte[] csv = "customer_id,cds\n00004,2\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("purchases.csv"), csv);
        var shell = new TestShell(folder);
        try (var service = new FakeService().on("PUT /v1/datasets/cdnow/versions/3", 201, "{\"version\":3}");
                var client = ApiClient.of(service.url())) {
            assertInstanceOf(
                    Answer.Ok.class, Upload.hashed(file, shell.shell()).send(client, new DatasetId("cdnow"), 3));
            var asked = service.lastAsked();
            assertEquals(new String(csv, StandardCharsets.UTF_8), asked.text());
            assertEquals("text/csv", asked.headers().get("Content-type"));
            assertEquals(Integer.toString(csv.length), asked.headers().get("Content-length"));
            assertEquals(
                    "sha-256=:"
                            + Base64.getEncoder()
                                    .encodeToString(Hash.sha256(csv).bytes()) + ":",
                    asked.headers().get("Content-digest"));
        }
        assertTrue(shell.err().startsWith("loading 100 %"));
    }

    @Test
    void send_emptyFile_isLeftToTheServiceToRefuse() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.csv"));
        try (var service = new FakeService()
                        .on("PUT /v1/datasets/cdnow/versions/1", 422, FakeService.problem("BAD_ROW", 422));
                var client = ApiClient.of(service.url())) {
            var answer = Upload.hashed(file, new TestShell(folder).shell()).send(client, new DatasetId("cdnow"), 1);
            assertInstanceOf(Answer.Refused.class, answer);
        }
    }

    @Test
    void send_directory_isOneZipWhosePartsAreTold() throws IOException {
        Files.writeString(folder.resolve("part-0.csv"), "customer_id\n");
        Path second = Files.writeString(folder.resolve("part-1.csv"), "customer_id\n");
        var shell = new TestShell(folder);
        String bad = "{\"title\":\"Bad.\",\"status\":422,\"code\":\"BAD_ROW\",\"part\":2,\"line\":7}";
        try (var service = new FakeService().on("PUT /v1/datasets/cdnow/versions/1", 422, bad);
                var client = ApiClient.of(service.url())) {
            var upload = Upload.hashed(folder, shell.shell());
            var refused = (Answer.Refused) upload.send(client, new DatasetId("cdnow"), 1);
            assertEquals(Optional.of(second), upload.blamed(refused.problem()));
            assertEquals("application/zip", service.lastAsked().headers().get("Content-type"));
            assertTrue(service.lastAsked().text().startsWith("PK"));
        }
    }
}
