package io.tamis.cli.tags;

import io.tamis.cli.client.Progress;
import io.tamis.data.Hash;
import io.tamis.holder.slots.PlatformSlots;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;

/**
 * The roots over a round's candidates, 32 bytes a slot, in a file: a run that is broken off goes on behind the last whole root,
 * as a root follows from the master alone. One candidate is in memory at a time.
 */
final class RootFile {
    private static final int FORCED_EVERY = 64;

    private final WorkFolder folder;
    private final int slots;

    RootFile(WorkFolder folder, int slots) {
        this.folder = folder;
        this.slots = slots;
    }

    /** How many roots are there. */
    int done() {
        try {
            long bytes = Files.exists(folder.roots()) ? Files.size(folder.roots()) : 0;
            return (int) Math.min(slots, bytes / Hash.LENGTH);
        } catch (IOException unreadable) {
            throw WorkFolder.unusable(folder.roots(), unreadable);
        }
    }

    /** Computes those that are missing. */
    byte[] complete(PlatformSlots platform, Progress progress) {
        int from = done();
        try (FileChannel file = folder.append(folder.roots())) {
            file.truncate((long) from * Hash.LENGTH).position((long) from * Hash.LENGTH);
            for (int slot = from; slot < slots; slot++) {
                var root = ByteBuffer.wrap(platform.root(slot).bytes());
                while (root.hasRemaining()) {
                    file.write(root);
                }
                if (slot % FORCED_EVERY == FORCED_EVERY - 1) {
                    file.force(false);
                }
                progress.at(slot + 1L);
            }
            file.force(true);
            return Files.readAllBytes(folder.roots());
        } catch (IOException full) {
            throw WorkFolder.unusable(folder.roots(), full);
        }
    }
}
