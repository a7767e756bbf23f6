package io.tamis.holder.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tamis.data.Hash;
import io.tamis.he.CipherHeader;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.Schemes;
import io.tamis.he.threshold.Holders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounds in which everybody keeps to the rules. */
class RoundTest {
    private static final Holders KEY = Holders.shamir(Schemes.SMALL, 2, 3);

    @ParameterizedTest
    @CsvSource({"64, 1", "64, 3", "4096, 1"})
    void round_ofHonestParties_passes(int fold, int blocks) {
        var table = new RoundTable(KEY, 2, fold, blocks);
        table.honest().values().forEach(act -> {
            var passed = assertInstanceOf(RoundAct.Passed.class, act);
            assertEquals(2 * blocks, passed.survivors().size());
            assertEquals(table.coin(), passed.coin());
        });
        var passed = assertInstanceOf(RoundStanding.Passed.class, table.round().standing());
        assertEquals(table.roster.holderParties(), passed.by());
    }

    /** The hash of an uploaded c1 is the survivor's of its slot, and of no other. */
    @Test
    void upload_ofASurvivor_fitsItsSlotAlone() {
        var table = new RoundTable(KEY, 2, 64, 2);
        var passed = (RoundAct.Passed)
                table.honest().get(table.roster.holderParties().getFirst());
        var audit = new SlotAudit(table.context, table.plan, table.candidates);
        var values = Hash.sha256(new byte[] {1});
        try (var slots = table.slots()) {
            for (int slot = 0; slot < table.plan.slots(); slot++) {
                CipherHeader header = Schemes.header(Schemes.SMALL, slot, Encoding.TAGS, 2);
                var ciphertext = new Encryptor(KEY.key())
                        .encrypt(
                                header,
                                new long[] {1, 2},
                                slots.survivorSeed(slot, passed.coin()),
                                slots.noiseSeed(slot, values));
                for (int other = 0; other < table.plan.slots(); other++) {
                    var hash = audit.uploaded(other, passed.coin(), ciphertext.c1Bytes());
                    if (other == slot) {
                        assertEquals(passed.survivors().get(other), hash);
                    } else {
                        assertNotEquals(passed.survivors().get(other), hash);
                    }
                }
            }
        }
    }
}
