package io.tamis.cli.holder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.KeyEpoch;
import io.tamis.holder.slots.SlotContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TossesTest {
    private static final Hash ROSTER = Hash.sha256(new byte[] {1});

    @TempDir
    Path temp;

    private final Set<String> passed = new HashSet<>();
    private BcfksKeyProvider keys;
    private SealedFolder sealed;

    @BeforeEach
    void create() {
        keys = TestKeys.holder(temp.resolve("keys"));
        sealed = SealedFolder.create(temp.resolve("sealed"), keys, new SystemRandom());
    }

    @Test
    void rounds_upToTheCap_areAllowedAndOneMoreIsNot() {
        for (int attempt = 1; attempt <= SlotContext.VOIDS_MAX; attempt++) {
            assertTrue(allowed(round(1, attempt)), "round " + attempt);
            show(round(1, attempt));
        }
        assertFalse(allowed(round(1, SlotContext.VOIDS_MAX + 1)));
    }

    /** A new version of the same data is a new try as well: else a platform would make versions instead of attempts. */
    @Test
    void attack_anotherVersionForEachTry_countsToo() {
        for (int version = 1; version <= SlotContext.VOIDS_MAX; version++) {
            show(round(version, 1));
        }
        assertFalse(allowed(round(SlotContext.VOIDS_MAX + 1, 1)));
    }

    /** What was begun is ended: the coin is out already, and to stop would only make one more void. */
    @Test
    void round_whoseCoinWasShown_goesOnBeyondTheCap() {
        for (int attempt = 1; attempt <= SlotContext.VOIDS_MAX; attempt++) {
            show(round(1, attempt));
        }
        for (int attempt = 1; attempt <= SlotContext.VOIDS_MAX; attempt++) {
            assertTrue(allowed(round(1, attempt)));
        }
    }

    @Test
    void round_shownTwice_countsOnce() {
        for (int again = 0; again < 10; again++) {
            show(round(1, 1));
        }
        show(round(1, 2));
        assertTrue(allowed(round(1, 3)));
    }

    @Test
    void rounds_thatTheHolderPassed_doNotCount() {
        for (int version = 1; version <= 20; version++) {
            assertTrue(allowed(round(version, 1)));
            show(round(version, 1));
            passed.add(RoundShelf.name(round(version, 1)));
        }
        for (int attempt = 1; attempt <= SlotContext.VOIDS_MAX; attempt++) {
            show(round(21, attempt));
        }
        assertFalse(allowed(round(21, 4)));
    }

    @Test
    void anotherEpochPlatformOrDataset_hasItsOwnCount() {
        for (int attempt = 1; attempt <= SlotContext.VOIDS_MAX; attempt++) {
            show(round(1, attempt));
        }
        assertFalse(allowed(round(1, 4)));
        assertTrue(allowed(round(4, "shop", "shop-users", 1, 4)));
        assertTrue(allowed(round(3, "video", "shop-users", 1, 4)));
        assertTrue(allowed(round(3, "shop", "shop-orders", 1, 4)));
    }

    /** A holder that is started again has not forgotten: else the count would end with the process. */
    @Test
    void count_afterARestart_isTheSame() {
        for (int attempt = 1; attempt <= SlotContext.VOIDS_MAX; attempt++) {
            show(round(1, attempt));
            sealed.close();
            sealed = SealedFolder.open(temp.resolve("sealed"), keys, new SystemRandom());
        }
        assertFalse(allowed(round(1, 4)));
    }

    /** Damage must not look like "has shown nothing". */
    @Test
    void count_damaged_isNotTakenForNone() throws IOException {
        show(round(1, 1));
        try (var files = Files.list(temp.resolve("sealed"))) {
            Path count = files.filter(file -> file.getFileName().toString().startsWith("tosses-"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(count);
            bytes[bytes.length - 1] ^= 1;
            Files.write(count, bytes);
        }
        assertEquals(
                Code.INTERNAL,
                assertThrows(StoreException.class, () -> allowed(round(1, 2))).code());
    }

    private void show(SlotContext round) {
        new Tosses(sealed).show(round);
    }

    private boolean allowed(SlotContext round) {
        return new Tosses(sealed).allow(round, passed::contains);
    }

    private static SlotContext round(int version, int attempt) {
        return round(3, "shop", "shop-users", version, attempt);
    }

    private static SlotContext round(long epoch, String platform, String dataset, int version, int attempt) {
        return new SlotContext(
                ROSTER, new KeyEpoch(epoch), new DatasetId(dataset), version, new PartyId(platform), attempt);
    }
}
