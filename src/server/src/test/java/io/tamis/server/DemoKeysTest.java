package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeySet;
import io.tamis.crypto.SystemRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoKeysTest {
    @TempDir
    Path folder;

    @Test
    void in_aFolderOfAnEarlierVersion_completesItsStoreAndKeepsItsKeys() throws IOException {
        var data = new DataDirectory(folder);
        Files.createDirectories(data.keys());
        Path password = data.keys().resolve("demo-password");
        Files.writeString(password, "correct horse");
        var older = BcfksKeyProvider.create(
                data.keys().resolve("demo.bcfks"),
                KeyFiles.password(password),
                true,
                new SystemRandom(),
                KeySet.WITNESS);
        var settings = DemoKeys.in(data);
        var keys =
                BcfksKeyProvider.open(Path.of(settings.get(Setting.KEYS_FILE.property())), KeyFiles.password(password));
        assertEquals(List.of(), keys.missing(KeySet.SERVICE));
        assertArrayEquals(older.publicKey(KeyName.WITNESS_SIGNING), keys.publicKey(KeyName.WITNESS_SIGNING));
        assertTrue(keys.demonstration());
    }
}
