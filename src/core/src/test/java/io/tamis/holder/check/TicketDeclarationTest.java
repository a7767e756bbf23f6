package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Clamp;
import io.tamis.data.Hash;
import io.tamis.he.Alignment;
import io.tamis.he.CipherHeader;
import io.tamis.holder.TagBounds;
import io.tamis.holder.TagName;
import io.tamis.holder.TagSpec;
import io.tamis.holder.slots.SlotPlan;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.TicketSource;
import io.tamis.holder.ticket.Tickets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a platform signed of its values, against what the holder's own bundle declares of them. */
class TicketDeclarationTest {
    private static final Hash ANOTHER_ORDER = Tickets.hash("another order");

    private final TicketWorld world = new TicketWorld();

    @Test
    void tag_asTheHoldersBundleDeclaresIt_isAccepted() {
        signed(0, new Clamp(0, 500), OptionalLong.empty());
        world.accepted();
    }

    /**
     * The malicious server of the audit: it showed the platform a clamp of twice the width, so that single persons weigh twice what
     * the noise is made for. The plan says with which clamp the platform clipped.
     */
    @ParameterizedTest
    @CsvSource({"0, 0, 1000", "0, 0, 501", "0, 0, 499", "0, -1, 500", "0, -500, 500", "2, 0, 500"})
    void attack_clampOrScaleOtherThanTheHolders_isRefused(int scale, long min, long max) {
        signed(scale, new Clamp(min, max), OptionalLong.empty());
        world.refused(HolderRefusal.DECLARATION_DIFFERS);
    }

    /** Of a threshold the weight is one, but under another scale the threshold is another. */
    @Test
    void attack_thresholdUnderAnotherScale_isRefused() {
        signed(1, new Clamp(0, 500), OptionalLong.of(10));
        world.refused(HolderRefusal.DECLARATION_DIFFERS);
        signed(0, new Clamp(0, 500), OptionalLong.of(10));
        world.accepted();
    }

    /** Two orders under one mask: the second block's bits would be other persons' than the server says. */
    @Test
    void attack_blockOfAnotherOrder_isRefused() {
        for (int block = 0; block < world.shop.uploads.size(); block++) {
            var attacked = new TicketWorld();
            inOtherOrder(attacked, List.of(block));
            assertEquals(new TicketVerdict.Refused(HolderRefusal.INPUT_NOT_PASSED), attacked.verdict());
        }
    }

    /** What the order is, its platform knows; that it is one for all blocks of a source is what a mask needs. */
    @Test
    void blocks_allOfOneOtherOrder_areAccepted() {
        inOtherOrder(world, List.of(0, 1, 2, 3, 4));
        world.accepted();
    }

    private void signed(int scale, Clamp clamp, OptionalLong atLeast) {
        world.kept = round -> {
            TagSpec own = round.plan().tags().getFirst();
            var other =
                    new TagSpec(new TagName(own.name().value()), own.column(), new TagBounds(scale, clamp), atLeast);
            var plan = round.plan();
            return new PassedRound(
                    round.context(),
                    new SlotPlan(plan.paramsId(), plan.fold(), List.of(other), plan.blocks()),
                    round.coin(),
                    round.survivors());
        };
    }

    private static void inOtherOrder(TicketWorld world, List<Integer> blocks) {
        TicketSource source = world.draft.sources.getFirst();
        var hashes = new ArrayList<>(source.inputs());
        for (int block : blocks) {
            int n = TicketWorld.SCHEME.params().n();
            CipherHeader own = world.shop.header(block, Math.min(n, TicketWorld.USERS - block * n));
            byte[] upload = world.shop.encrypted(
                    block,
                    new CipherHeader(
                            own.kind(),
                            own.params(),
                            own.keyEpoch(),
                            new Alignment(TestPlatform.VERSION, ANOTHER_ORDER),
                            own.slot(),
                            own.encoding(),
                            own.count()));
            hashes.set(block, TestPlatform.contentHash(upload));
            world.octets.put(hashes.get(block), upload);
        }
        world.draft.sources = List.of(
                new TicketSource(
                        source.dataset(), source.version(), 1, source.purpose(), source.tag(), List.copyOf(hashes)),
                world.draft.sources.get(1));
    }
}
