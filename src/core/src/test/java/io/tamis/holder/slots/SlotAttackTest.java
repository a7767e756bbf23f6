package io.tamis.holder.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.Encoding;
import io.tamis.he.Encryptor;
import io.tamis.he.Schemes;
import io.tamis.he.Tuple;
import io.tamis.he.ring.Seed;
import io.tamis.he.ring.SignedPoly;
import io.tamis.he.threshold.Holders;
import io.tamis.holder.Coins;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What he's UnauditedAttacksTest plays with success, a platform plays here against the audit: it wants a c1 of its own making
 * among its slots. Whatever it commits to, all but the survivor are rebuilt; whatever it uploads must be the survivor.
 */
class SlotAttackTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final Holders KEY = Holders.shamir(SCHEME, 2, 3);
    private static final int SLOT = 1;
    private static final int BAD = 5;

    private final RoundTable table = new RoundTable(KEY, 2, 64, 1);

    /** {@code c1 + D*W}: one opening would show the whole collective key. */
    @Test
    void malformedC1_asACandidate_isRefusedAndProven() {
        assertCaught(plusDelta(candidate(SLOT, BAD)));
    }

    /** {@code W*victim + Enc(0)}: another platform's values with W times their sensitivity. */
    @Test
    void multipliedVictim_asACandidate_isRefusedAndProven() {
        var w = SCHEME.ring().constant(BigInteger.valueOf(1000));
        var victim = new Encryptor(KEY.key())
                .encrypt(
                        Schemes.header(SCHEME, 0, Encoding.BUCKETS, 1),
                        new long[] {1},
                        Schemes.seed(11),
                        Schemes.seed(12));
        byte[] c1 = SCHEME.pack(victim.c1().copy().scale(w).add(SCHEME.unpack(candidate(SLOT, BAD), 0)));
        assertCaught(c1);
    }

    /** A victim's c1 as it is: its seed is not the platform's to open. */
    @Test
    void copiedC1_asACandidate_isRefusedAndProven() {
        try (var victims = Schemes.seed(11)) {
            assertCaught(table.candidates.c1(victims));
        }
    }

    /** Audited honestly, then something else is uploaded: it does not hash to the survivor. */
    @Test
    void otherC1_atTheUpload_isNotTheSurvivor() {
        var passed = passed();
        byte[] survivor = survivor(SLOT);
        assertEquals(passed.survivors().get(SLOT), audit().uploaded(SLOT, passed.coin(), survivor));
        assertNotEquals(passed.survivors().get(SLOT), audit().uploaded(SLOT, passed.coin(), plusDelta(survivor)));
        byte[] reused = survivor(0);
        assertNotEquals(passed.survivors().get(SLOT), audit().uploaded(SLOT, passed.coin(), reused));
    }

    /** Another platform that answers with what it saw of this one: context and platform are hashed with every candidate. */
    @Test
    void survivorsOfAnotherRound_fitNoneOfTheirSlots() {
        var passed = passed();
        var next = new SlotContext(
                table.context.roster(), table.context.keyEpoch(), table.context.dataset(), 7, RoundTable.PLATFORM, 2);
        var other = new SlotAudit(next, table.plan, table.candidates);
        assertNotEquals(passed.survivors().get(SLOT), other.uploaded(SLOT, passed.coin(), survivor(SLOT)));
    }

    @Test
    void wrongSeed_inTheOpening_isRefusedAndProven() {
        var planned = table.plan(table.roots());
        table.talk();
        var openings = table.openings(table.coin());
        openings.getFirst()[SLOT * table.plan.openingBytes() + 3] ^= 1;
        table.open(planned, table.coin(), openings);
        assertRefused();
    }

    /** The coin spares another candidate than the platform opens for. */
    @Test
    void openingForAnotherCoin_isMalformed() {
        var planned = table.plan(table.roots());
        table.talk();
        var other = Hash.sha256(new byte[] {1});
        table.open(planned, other, table.openings(other));
        assertEquals(
                new RoundStanding.Failed(SlotFault.MALFORMED), table.round().standing());
    }

    /** Its time is over: the opening that comes later is not taken, what was shown is void, the platform is out. */
    @Test
    void lateOpening_failsThePlatform() {
        var planned = table.plan(table.roots());
        table.talk();
        var late = table.platform()
                .opening(
                        planned,
                        table.coin(),
                        table.openings(table.coin()).stream().map(table::put).toList());
        assertTrue(table.round().takes(late));
        table.closed.add(RoundStep.OPENING);
        assertEquals(new RoundStanding.Failed(SlotFault.LATE), table.round().standing());
        assertFalse(table.round().takes(late));
    }

    @Test
    void twoPlans_failThePlatform() {
        table.plan(table.roots());
        table.plan(new byte[64]);
        assertEquals(
                new RoundStanding.Failed(SlotFault.SAID_TWICE), table.round().standing());
    }

    @Test
    void planOfFewerCandidates_isNotTaken() {
        var few = new SlotPlan(table.plan.paramsId(), 32, table.plan.tags(), 1);
        var message = table.platform().plan(few, table.put(table.roots()));
        assertFalse(table.round().takes(message));
        table.board.add(message);
        assertEquals(
                new RoundStanding.Failed(SlotFault.MALFORMED), table.round().standing());
    }

    @Test
    void openingsOfAnotherLength_areRefusedAndProven() {
        var planned = table.plan(table.roots());
        table.talk();
        byte[] all = table.openings(table.coin()).getFirst();
        table.open(planned, table.coin(), List.of(Arrays.copyOf(all, all.length - 1)));
        assertRefused(0);
    }

    @Test
    void rootsOfAnotherLength_areRefusedAndProven() {
        var planned = table.plan(new byte[0]);
        table.talk();
        table.open(planned, table.coin(), table.openings(table.coin()));
        assertRefused(0);
    }

    @Test
    void missingBlobs_areWaitedFor() {
        table.plan(table.roots());
        table.talk();
        var planned = table.board.getFirst();
        table.open(planned, table.coin(), table.openings(table.coin()));
        var blobs = new ArrayList<>(table.blobs.keySet());
        for (var blob : blobs) {
            byte[] kept = table.blobs.remove(blob);
            table.talk().values().forEach(act -> assertInstanceOf(RoundAct.Waiting.class, act));
            table.blobs.put(blob, kept);
        }
        table.talk().values().forEach(act -> assertInstanceOf(RoundAct.Passed.class, act));
    }

    /**
     * The one in 64: the coin spares the bad candidate, and the round passes. Covert security says no more than that, and the
     * docs say so.
     */
    @Test
    void malformedC1_sparedByTheCoin_passes() {
        byte[] bad = plusDelta(candidate(SLOT, BAD));
        var root = rootWith(SLOT, BAD, bad);
        int attempt = 0;
        while (Coins.survivor(coin(attempt), SLOT, 64) != BAD) {
            attempt++;
        }
        byte[] opening = openingWith(SLOT, coin(attempt), bad);
        var survivor = audit().survivor(SLOT, root, coin(attempt), opening);
        assertEquals(Optional.of(audit().uploaded(SLOT, coin(attempt), bad)), survivor);
    }

    /** The bad c1 passes a coin in how many of 4,096? With fold 4 a quarter, whatever candidate it is. */
    @Test
    void malformedC1_withFoldFour_passesAQuarterOfCoins() {
        var four = new RoundTable(KEY, 2, 4, 1);
        var audit = new SlotAudit(four.context, four.plan, four.candidates);
        byte[] bad = plusDelta(candidate(SLOT, 0));
        int passed = 0;
        int trials = 4096;
        for (int i = 0; i < trials; i++) {
            passed += passesWithFoldFour(four, audit, bad, i) ? 1 : 0;
        }
        // Binomial(4096, 1/4): mean 1024, standard deviation 27.7; beyond 5 of them with probability below 6e-7.
        assertTrue(Math.abs(passed - trials / 4) <= 5 * 27.8, "passed " + passed);
    }

    private static boolean passesWithFoldFour(RoundTable four, SlotAudit audit, byte[] bad, int trial) {
        var coin = coin(trial);
        int place = trial % 4;
        var root = Tuple.of("root");
        var seeds = ByteBuffer.allocate(four.plan.openingBytes());
        int survivor = Coins.survivor(coin, SLOT, 4);
        var last = Hash.sha256();
        for (int k = 0; k < 4; k++) {
            try (var seed = Schemes.seed(1_000L + k)) {
                byte[] c1 = k == place ? bad : four.candidates.c1(seed);
                var hash = SlotAudit.candidateHash(four.context.hash(), SLOT, k, c1);
                root.hash(hash);
                if (k == survivor) {
                    last = hash;
                } else {
                    seeds.put(seed.reveal());
                }
            }
        }
        byte[] opening = seeds.put(last.bytes()).array();
        return audit.survivor(SLOT, root.sha256(), coin, opening).isPresent();
    }

    private void assertCaught(byte[] bad) {
        var roots = ByteBuffer.wrap(table.roots());
        roots.put(SLOT * Hash.LENGTH, rootWith(SLOT, BAD, bad).bytes());
        var planned = table.plan(roots.array());
        table.talk();
        assertNotEquals(BAD, Coins.survivor(table.coin(), SLOT, 64), "choose another fixture: the coin spares it");
        var openings = new ByteArrayOutputStream();
        try (var slots = table.slots()) {
            openings.writeBytes(slots.opening(0, table.coin()));
        }
        openings.writeBytes(openingWith(SLOT, table.coin(), bad));
        table.open(planned, table.coin(), List.of(openings.toByteArray()));
        assertRefused();
    }

    private void assertRefused() {
        assertRefused(SLOT);
    }

    /** Every holder accuses the same slot, the accusation is disputed until looked at, and evidence bears it out alone. */
    private void assertRefused(int slot) {
        table.talk().values().forEach(act -> {
            var over = assertInstanceOf(RoundAct.Over.class, act);
            assertEquals(new RoundStanding.Failed(SlotFault.ROOT_DIFFERS), over.standing());
        });
        var disputed =
                assertInstanceOf(RoundStanding.Disputed.class, table.round().standing());
        assertEquals(slot, disputed.slot());
        var evidence = new SlotEvidence(table.context, table.candidates);
        assertEquals(Optional.of(false), evidence.isRight(table.round(), slot, table.store()));
    }

    private RoundAct.Passed passed() {
        return (RoundAct.Passed) table.honest().get(table.roster.holderParties().getFirst());
    }

    private SlotAudit audit() {
        return new SlotAudit(table.context, table.plan, table.candidates);
    }

    private static Hash coin(int trial) {
        return Hash.sha256(ByteBuffer.allocate(4).putInt(trial).array());
    }

    private byte[] survivor(int slot) {
        try (var slots = table.slots();
                var seed = slots.survivorSeed(slot, table.coin())) {
            return table.candidates.c1(seed);
        }
    }

    /** The honest seed of a candidate: the survivor's under a coin that keeps it. */
    private Seed seed(int slot, int k) {
        int attempt = 0;
        while (Coins.survivor(coin(attempt), slot, 64) != k) {
            attempt++;
        }
        try (var slots = table.slots()) {
            return slots.survivorSeed(slot, coin(attempt));
        }
    }

    private byte[] candidate(int slot, int k) {
        try (var seed = seed(slot, k)) {
            return table.candidates.c1(seed);
        }
    }

    private Hash rootWith(int slot, int k, byte[] bad) {
        var root = Tuple.of("root");
        for (int i = 0; i < 64; i++) {
            byte[] c1 = i == k ? bad : candidate(slot, i);
            root.hash(SlotAudit.candidateHash(table.context.hash(), slot, i, c1));
        }
        return root.sha256();
    }

    /** The best the platform can say: its honest opening, with the bad candidate's hash when the coin spares it. */
    private byte[] openingWith(int slot, Hash coin, byte[] bad) {
        try (var slots = table.slots()) {
            byte[] opening = slots.opening(slot, coin);
            if (Coins.survivor(coin, slot, 64) == BAD) {
                byte[] last = SlotAudit.candidateHash(table.context.hash(), slot, BAD, bad)
                        .bytes();
                System.arraycopy(last, 0, opening, opening.length - Hash.LENGTH, Hash.LENGTH);
            }
            return opening;
        }
    }

    private static byte[] plusDelta(byte[] c1) {
        var one = new long[SCHEME.params().n()];
        one[0] = 1;
        return SCHEME.pack(
                SCHEME.unpack(c1, 0).add(SCHEME.lift(SignedPoly.of(one)).toNtt()));
    }
}
