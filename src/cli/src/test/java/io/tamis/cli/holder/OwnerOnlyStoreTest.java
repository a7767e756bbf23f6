package io.tamis.cli.holder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tamis.cli.client.OwnerModes;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody but the holder's own account reads anything of its folder: modes 0700 and 0600, whatever the umask is. */
class OwnerOnlyStoreTest {
    @TempDir
    Path temp;

    @BeforeEach
    void posix() {
        assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }

    @Test
    void folder_afterAnAnsweredTicket_isTheOwnersAlone() throws IOException {
        try (var world = new AgentWorld(temp)) {
            world.service.on("POST " + world.path() + "/shares", 201, "{}");
            assertTrue(world.work().turn());
            for (String made : List.of("keys", "lock", "opened.jsonl", "sealed/data-key", "shares", "cache")) {
                assertTrue(Files.exists(temp.resolve("holder").resolve(made)), made);
            }
            assertEquals(List.of(), OwnerModes.openToOthers(temp.resolve("holder")));
        }
    }

    /** A folder of an earlier version, or copied by a tool that knows no modes. */
    @Test
    void folder_openToOthers_isClosedWhenItIsOpened() throws IOException {
        Path folder = temp.resolve("holder");
        HolderStore.create(folder, TestKeys.password(), new PartyId("holder-1"), new SystemRandom())
                .close();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder.resolve("opened.jsonl"), PosixFilePermissions.fromString("rw-r--r--"));
        try (var store = HolderStore.open(folder, TestKeys.password(), new SystemRandom())) {
            store.cache(1_000);
            assertEquals(List.of(), OwnerModes.openToOthers(folder));
        }
    }
}
