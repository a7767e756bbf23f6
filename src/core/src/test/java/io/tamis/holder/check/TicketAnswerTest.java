package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.crypto.KeyName;
import io.tamis.data.PartyId;
import io.tamis.data.PredictableRandom;
import io.tamis.data.TamisException;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareFile;
import io.tamis.he.threshold.ShareKind;
import io.tamis.holder.PartyKey;
import io.tamis.holder.ticket.ShareMessage;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.privacy.ExactNoise;
import io.tamis.privacy.Noise;
import io.tamis.privacy.SecureBits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From an honest ticket to opened numbers, by two of three holders. */
class TicketAnswerTest {
    private static final OpenedMax MAX = new OpenedMax(1L << 30);

    private final TicketWorld world = new TicketWorld();

    @Test
    void answers_ofBothActiveHolders_openTheTruthPlusTheirNoise() {
        long[] opened = opened(share(1, spread -> 7), share(3, spread -> 11));
        assertEquals(world.truth(position -> position % 2 == 0) + 18, opened[0]);
        assertEquals(world.truth(position -> position % 2 == 1) + 18, opened[1]);
    }

    /** Seeded; with sigma 35,355 each a sum of two is beyond 8 * 50,000 with a chance under 2^-46. */
    @Test
    void answers_withRealNoise_areNearTheTruthAndNotIt() {
        long[] opened = opened(share(1, exact(21)), share(3, exact(22)));
        long truth = world.truth(position -> position % 2 == 0);
        assertNotEquals(truth, opened[0]);
        assertTrue(Math.abs(truth - opened[0]) < 400_000);
    }

    @Test
    void answer_namesTicketHolderAndSet() {
        var message = share(3, spread -> 0);
        var header = message.file().header();
        assertEquals(SignedTicket.sign(world.draft.ticket(), world.server).hash(), header.ticket());
        assertEquals(3, header.holder().number());
        assertEquals(
                List.of(1, 3),
                header.active().members().stream().map(m -> m.number()).toList());
        assertEquals(TestPlatform.EPOCH, header.keyEpoch().number());
        var key = PartyKey.of(TicketWorld.holderKeys(3).publicKey(KeyName.HOLDER_SIGNING));
        assertEquals(
                message.hash(),
                ShareMessage.verified(TicketWorld.SCHEME, ShareKind.PLAIN, 2, message.octets(), key)
                        .hash());
    }

    /** A share alone, or a share twice, opens nothing. */
    @Test
    void answer_withoutTheOther_opensNothing() {
        var one = share(1, spread -> 0);
        assertThrows(TamisException.class, () -> opened(one));
        assertThrows(TamisException.class, () -> opened(one, one));
    }

    private long[] opened(ShareMessage... messages) {
        var sums = accepted(1).sums();
        var active = TicketAnswer.active(world.roster, world.draft.ticket());
        var opened = new long[sums.size()];
        for (int i = 0; i < opened.length; i++) {
            var shares = new ArrayList<Share>();
            for (ShareMessage message : messages) {
                shares.add(((ShareFile) message.file()).shares().get(i));
            }
            opened[i] = new Combiner(TicketWorld.SCHEME).open(sums.get(i), active, shares, Outputs.FIRST, MAX)[0];
        }
        return opened;
    }

    private ShareMessage share(int holder, Noise noise) {
        return new TicketAnswer(TicketWorld.SCHEME, world.roster, noise, new PredictableRandom(holder))
                .answer(accepted(holder), world.holders.share(holder), TicketWorld.holderKeys(holder));
    }

    private TicketVerdict.Accepted accepted(int holder) {
        var self = new PartyId("holder-" + holder);
        var verdict = new TicketCheck(TicketWorld.SCHEME, world.facts(self), () -> TicketWorld.NOW)
                .check(
                        SignedTicket.sign(world.draft.ticket(), world.server),
                        hash -> Optional.ofNullable(world.octets.get(hash)));
        return assertInstanceOf(TicketVerdict.Accepted.class, verdict);
    }

    private static Noise exact(long seed) {
        return new ExactNoise(new SecureBits(new PredictableRandom(seed)));
    }
}
