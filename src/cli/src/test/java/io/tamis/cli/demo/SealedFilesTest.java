package io.tamis.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.client.ClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFilesTest {
    @TempDir
    Path folder;

    @Test
    void holdsAny_textAmongBytes_isFound() throws IOException {
        var files = files("a", new byte[] {-1, '1', '5', '4', -128});
        assertEquals(1, files.count());
        assertTrue(files.holdsAny(Set.of("999", "154")));
        assertFalse(files.holdsAny(Set.of("155", "999")));
    }

    @Test
    void sharesBlocks_sixteenBytesElsewhere_areFound() throws IOException {
        byte[] block = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        var shifted = new byte[40];
        System.arraycopy(block, 0, shifted, 7, block.length);
        assertTrue(files("a", shifted).sharesBlocksWith(files("b", block)));
    }

    @Test
    void sharesBlocks_fifteenBytes_areNoBlock() throws IOException {
        byte[] one = "x0123456789abcde".getBytes(StandardCharsets.US_ASCII);
        byte[] other = "0123456789abcdey".getBytes(StandardCharsets.US_ASCII);
        assertFalse(files("a", one).sharesBlocksWith(files("b", other)));
    }

    @Test
    void firstFields_phonesInAnySpelling_areDigits() throws IOException {
        Path csv = Files.writeString(folder.resolve("x.csv"), "phone,b\n+86 154-1234-5678,1\n15412345679,2\n");
        assertEquals(Set.of("8615412345678", "15412345679"), SealedFiles.firstFields(csv));
    }

    @Test
    void files_notThere_areWrongUsage() {
        assertThrows(ClientException.class, () -> new SealedFiles(folder.resolve("missing")));
    }

    private SealedFiles files(String name, byte... bytes) throws IOException {
        Path deep = Files.createDirectories(folder.resolve(name).resolve("1-1"));
        Files.write(deep.resolve("part-00000.link"), bytes);
        return new SealedFiles(folder.resolve(name));
    }
}
