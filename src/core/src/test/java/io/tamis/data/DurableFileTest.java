package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    Path folder;

    @Test
    void replace_newAndOld_hasTheContentForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("f");
        for (String content : List.of("one", "", "longer than before")) {
            DurableFile.replace(file, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertEquals(content, Files.readString(file));
            assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void replace_intoNoFolder_throwsAndLeavesNothing() {
        assertThrows(IOException.class, () -> DurableFile.replace(folder.resolve("no/f"), new byte[1]));
    }

    @Test
    void replace_overAFolder_throwsAndLeavesIt() throws IOException {
        Path file = Files.createDirectories(folder.resolve("f/inside")).getParent();
        assertThrows(IOException.class, () -> DurableFile.replace(file, new byte[1]));
        assertEquals(true, Files.isDirectory(file.resolve("inside")));
    }
}
