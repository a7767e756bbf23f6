package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.cli.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TamperingTest {
    @TempDir
    Path folder;

    @Test
    void forge_anExport_changesOneDigitOfTheCopyAlone() throws IOException {
        Path export = Files.createDirectories(folder.resolve("export").resolve("bundles"));
        Files.writeString(export.resolve("a.yaml"), "x");
        Path entries = folder.resolve("export/entries.jsonl");
        Files.writeString(entries, "{\"a\":\"x\"}\n{\"b\":4}\n{\"c\":\"y\"}\n");
        assertEquals(1, Tampering.forge(folder.resolve("export"), folder.resolve("forged")));
        assertEquals("{\"a\":\"x\"}\n{\"b\":4}\n{\"c\":\"y\"}\n", Files.readString(entries));
        assertEquals(
                "{\"a\":\"x\"}\n{\"b\":5}\n{\"c\":\"y\"}\n", Files.readString(folder.resolve("forged/entries.jsonl")));
        assertEquals("x", Files.readString(folder.resolve("forged/bundles/a.yaml")));
    }

    @Test
    void forge_nothingThere_isWrongUsage() {
        assertThrows(ClientException.class, () -> Tampering.forge(folder.resolve("missing"), folder.resolve("forged")));
    }
}
