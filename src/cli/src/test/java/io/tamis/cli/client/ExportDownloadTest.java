package io.tamis.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportDownloadTest {
    private static final String EXPORT = "GET /v1/ledger/export";

    @TempDir
    Path folder;

    private final FakeService service = new FakeService();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void into_anExport_unpacksEveryFile() throws IOException {
        service.on(EXPORT, 200, "application/zip", zip("checkpoint", "bundles/ab/bundle.yaml"));
        download();
        assertEquals("content", Files.readString(folder.resolve("out/checkpoint")));
        assertEquals("content", Files.readString(folder.resolve("out/bundles/ab/bundle.yaml")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "."})
    void into_aNameThatLeavesTheFolder_isRefused(String name) throws IOException {
        service.on(EXPORT, 200, "application/zip", zip(name));
        assertThrows(ClientException.class, this::download);
        assertTrue(Files.notExists(folder.resolve("evil")));
    }

    @Test
    void into_aFolderThatIsNotEmpty_isRefusedBeforeAnythingIsAsked() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("out")).resolve("mine"), "x");
        assertThrows(ClientException.class, this::download);
        assertTrue(service.asked().isEmpty());
    }

    /** The opened log is for its officer alone. */
    @Test
    void into_anExport_isReadableByItsOwnerAlone() throws IOException {
        service.on(EXPORT, 200, "application/zip", zip("checkpoint", "bundles/ab/bundle.yaml"));
        download();
        assertEquals("rwx------", mode("out"));
        assertEquals("rwx------", mode("out/bundles/ab"));
        assertEquals("rw-------", mode("out/checkpoint"));
        assertEquals("rw-------", mode("out/bundles/ab/bundle.yaml"));
    }

    @Test
    void into_failed_leavesNothingBehind() throws IOException {
        service.on(EXPORT, 200, "application/zip", zip("checkpoint", "../evil"));
        assertThrows(ClientException.class, this::download);
        assertTrue(Files.notExists(folder.resolve("out")));
        Files.createDirectory(folder.resolve("out"));
        assertThrows(ClientException.class, this::download);
        try (var left = Files.list(folder.resolve("out"))) {
            assertEquals(0, left.count(), "a folder that was there stays, empty");
        }
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }

    @Test
    void into_refused_isTheProblem() {
        service.on(EXPORT, 403, FakeService.problem("ROLE_REQUIRED", 403));
        assertEquals(
                ExitCode.FORBIDDEN,
                assertThrows(ClientException.class, this::download).exit());
    }

    private void download() {
        try (var client = ApiClient.of(service.url())) {
            ExportDownload.into(folder.resolve("out"), client);
        }
    }

    private static byte[] zip(String... names) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("content".getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
