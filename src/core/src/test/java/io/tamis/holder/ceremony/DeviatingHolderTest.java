package io.tamis.holder.ceremony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.SecretBytes;
import io.tamis.data.Hash;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.he.Bfv;
import io.tamis.he.CollectiveKey;
import io.tamis.he.Schemes;
import io.tamis.he.Tuple;
import io.tamis.he.ring.NttPoly;
import io.tamis.he.ring.Sampler;
import io.tamis.he.ring.Seed;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.SubShare;
import io.tamis.holder.Rosters;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One holder of three says one thing that is not by the rules; everything else of it is honest. Each honest holder aborts and
 * names it, and so does an outsider who only has the board.
 */
class DeviatingHolderTest {
    private static final Bfv SCHEME = Schemes.SMALL;
    private static final int FOLD = 16;
    private static final PartyId CHEAT = Rosters.holder(2);
    private static final PartyId VICTIM = Rosters.holder(1);

    private final Table table = new Table(SCHEME, 2, 3, FOLD);

    /** It cannot be opened: the index is hashed with the nonce. */
    @Test
    void copiedCommitment_cannotBeOpened() {
        table.with(CHEAT, (stage, honest) -> switch (stage) {
            case COMMIT -> Optional.of(table.post(stage, CHEAT, of(VICTIM, stage, Statement.Commit.class)));
            case REVEAL -> Optional.of(table.post(stage, CHEAT, of(VICTIM, stage, Statement.Reveal.class)));
            default -> Optional.of(honest);
        });
        assertNamed(Fault.WRONG_REVEAL);
    }

    @Test
    void nonceChosenAfterTheOthers_isSeen() {
        instead(Stage.REVEAL, () -> new Statement.Reveal(Hash.sha256(new byte[] {9})));
        assertNamed(Fault.WRONG_REVEAL);
    }

    @Test
    void coinChosenAfterTheOthers_isSeen() {
        instead(Stage.COINS, () -> new Statement.Coin(Hash.sha256(new byte[] {9})));
        assertNamed(Fault.WRONG_REVEAL);
    }

    /** The last to open takes the difference to a key of its own: without a commitment it would own the sum. */
    @Test
    void lateCancel_ofTheOthersContributions_isSeen() {
        table.with(CHEAT, (stage, honest) -> {
            if (stage != Stage.OPENINGS
                    || table.transcript().message(stage, VICTIM).isEmpty()) {
                return Optional.of(honest);
            }
            var t2 = table.transcript().before(Stage.CANDIDATES);
            byte[] mine = table.contributor(CHEAT).key(table.exhibits().candidacy(), t2, 0);
            NttPoly cancelled = SCHEME.unpack(mine, 0);
            byte[] victims =
                    table.blobs.get(of(VICTIM, stage, Statement.Opening.class).key());
            byte[] key = SCHEME.pack(cancelled.subtract(SCHEME.unpack(victims, 0)));
            return Optional.of(opening(honest, key));
        });
        assertNamed(Fault.WRONG_OPENING);
    }

    @Test
    void seedOfAnotherCandidate_isSeen() {
        table.with(CHEAT, (stage, honest) -> {
            if (stage != Stage.OPENINGS) {
                return Optional.of(honest);
            }
            var said = read(honest, stage, Statement.Opening.class);
            byte[] seeds = honest.blobs().get(said.seeds()).clone();
            seeds[5 * Seed.LENGTH] ^= 1;
            byte[] key = honest.blobs().get(said.key());
            return Optional.of(
                    table.post(stage, CHEAT, new Statement.Opening(Hash.sha256(seeds), Hash.sha256(key)), seeds, key));
        });
        assertNamed(Fault.WRONG_OPENING);
    }

    /**
     * The attack the audit is for: {@code s_M = 2^98} passes any test opening and later shows every sender's e1 above the
     * flood (UnauditedAttacksTest of he). As one candidate of many it is opened, unless the coin spares it.
     */
    @Test
    void oversizedContribution_isOpenedByTheCoin() {
        table.with(CHEAT, this::withOversized);
        int spared = table.runTo(Stage.OPENINGS)
                .exhibits()
                .candidacy()
                .survivor(table.exhibits().coin(), index());
        assertNotEquals(0, spared, "choose another fixture: the coin spares the bad candidate");
        assertNamed(Fault.WRONG_OPENING);
    }

    /** Of {@code fold} candidates the bad one is the survivor with probability 1/fold: that is the price, and it is stated. */
    @Test
    void oversizedContribution_sparedByTheCoin_passes() {
        for (int attempt = 0; attempt < 200; attempt++) {
            var lucky = new Table(SCHEME, 2, 2, 4, attempt);
            var seed = Hash.sha256(new byte[] {(byte) attempt});
            lucky.with(CHEAT, (stage, honest) -> oversized(lucky, stage, honest, seed));
            lucky.runTo(Stage.OPENINGS);
            if (lucky.exhibits().candidacy().survivor(lucky.exhibits().coin(), index()) == 0) {
                lucky.runTo(Stage.SHARES);
                return;
            }
        }
        throw new AssertionError("a chance of 1/4 did not come in 200 attempts");
    }

    @Test
    void accusationOfTheInnocent_namesTheAccuser() {
        instead(Stage.VERDICTS, () -> new Statement.Verdict(Optional.of(VICTIM)));
        assertNamed(Fault.FALSE_VERDICT);
    }

    /** It deals shares of another secret than the audited one: all subsets open garbage, and its disclosed secret shows why. */
    @Test
    void changedSecretInSharing_isFoundByDisclosure() {
        table.with(
                CHEAT,
                (stage, honest) -> stage == Stage.SHARES ? Optional.of(sharesOf(otherDealer())) : Optional.of(honest));
        assertNamed(Fault.WRONG_SHARES);
    }

    /** A right share to one, a wrong one to the other. */
    @Test
    void inconsistentShares_areFoundByDisclosure() {
        table.with(CHEAT, (stage, honest) -> {
            if (stage != Stage.SHARES) {
                return Optional.of(honest);
            }
            var right = read(honest, stage, Statement.Shares.class);
            var wrong = sharesOf(otherDealer());
            var other = read(wrong, stage, Statement.Shares.class);
            var mixed = List.of(right.shares().getFirst(), other.shares().getLast());
            return Optional.of(table.post(
                    stage,
                    CHEAT,
                    new Statement.Shares(mixed),
                    honest.blobs().get(mixed.getFirst().blob()),
                    wrong.blobs().get(mixed.getLast().blob())));
        });
        assertNamed(Fault.WRONG_SHARES);
    }

    @Test
    void unreadableShare_isFoundByDisclosure() {
        table.with(CHEAT, (stage, honest) -> {
            if (stage != Stage.SHARES) {
                return Optional.of(honest);
            }
            var named = new ArrayList<Statement.Sealed>();
            byte[] noise = new byte[100];
            for (var share : read(honest, stage, Statement.Shares.class).shares()) {
                named.add(new Statement.Sealed(share.to(), Hash.sha256(noise)));
            }
            return Optional.of(table.post(stage, CHEAT, new Statement.Shares(named), noise));
        });
        assertNamed(Fault.WRONG_SHARES);
    }

    @Test
    void complaintAboutAReadableShare_namesTheComplainer() {
        instead(Stage.SUBSETS, () -> new Statement.Unreadable(List.of(VICTIM)));
        assertNamed(Fault.WRONG_SHARES);
    }

    @Test
    void wrongPartialOpening_isFoundByDisclosure() {
        table.with(CHEAT, (stage, honest) -> {
            if (stage != Stage.SUBSETS) {
                return Optional.of(honest);
            }
            var partials = new ArrayList<>(
                    read(honest, stage, Statement.Partials.class).partials());
            var first = partials.getFirst();
            byte[] noise = new byte[SCHEME.params().polynomialBytes()];
            partials.set(0, new Statement.Partial(first.set(), Hash.sha256(noise)));
            byte[] kept = honest.blobs().get(partials.getLast().blob());
            return Optional.of(table.post(stage, CHEAT, new Statement.Partials(partials), noise, kept));
        });
        assertNamed(Fault.WRONG_SHARES);
    }

    @Test
    void signatureOfAnotherKey_namesItsSigner() {
        instead(Stage.DONE, () -> new Statement.Done(Hash.sha256(new byte[] {9})));
        assertNamed(Fault.WRONG_KEY);
    }

    /** It says the key is made although it spoiled the test itself. */
    @Test
    void successStatedOfAFailedTest_namesItsSigner() {
        table.with(CHEAT, (stage, honest) -> switch (stage) {
            case SHARES -> Optional.of(sharesOf(otherDealer()));
            case DONE ->
                Optional.of(table.post(
                        stage,
                        CHEAT,
                        new Statement.Done(table.exhibits().key().orElseThrow().hash())));
            default -> Optional.of(honest);
        });
        assertNamed(Fault.WRONG_KEY);
    }

    /** It lets a good ceremony fail by disclosing its secret for no reason. */
    @Test
    void disclosureWithoutReason_namesItsSigner() {
        instead(Stage.DONE, () -> new Statement.Disclosed(Hash.sha256(new byte[] {9})));
        assertNamed(Fault.WRONG_KEY);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void silence_inAnyStep_isWaitedForThenNamed(Stage when) {
        table.with(CHEAT, (stage, honest) -> stage == when ? Optional.empty() : Optional.of(honest));
        var waiting = assertInstanceOf(Step.Waiting.class, table.run().get(VICTIM));
        assertEquals(when, waiting.stage());
        assertEquals(List.of(CHEAT), waiting.missing());
        table.late.add(CHEAT);
        assertNamed(Fault.SILENT);
    }

    /** Who gave up on a party that has spoken is not believed. */
    @Test
    void lateness_ofWhoHasSpoken_changesNothing() {
        table.late.add(CHEAT);
        table.with(CHEAT, (stage, honest) -> Optional.of(honest));
        table.late.clear();
        table.runTo(Stage.COINS);
        table.say(CHEAT, (Step.Post) table.look(CHEAT));
        table.late.add(CHEAT);
        var open = assertInstanceOf(Standing.Open.class, table.transcript().standing());
        assertEquals(Stage.COINS, open.stage());
    }

    @Test
    void twoCommitments_nameTheirSigner() {
        table.runTo(Stage.REVEAL);
        table.board.add(table.signed(Stage.COMMIT, CHEAT, new Statement.Commit(Hash.sha256(new byte[] {9}))));
        assertNamed(Fault.SAID_TWICE);
    }

    @Test
    void answerToAnotherBoard_namesItsSigner() {
        table.with(
                CHEAT,
                (stage, honest) -> stage == Stage.CANDIDATES
                        ? Optional.of(new Step.Post(
                                table.terms
                                        .message(
                                                stage,
                                                CHEAT,
                                                read(honest, stage, Statement.Candidates.class)
                                                        .body(Hash.sha256(new byte[] {9})))
                                        .signed(Rosters.keys(CHEAT), KeyName.HOLDER_SIGNING),
                                honest.blobs()))
                        : Optional.of(honest));
        assertNamed(Fault.OTHER_TRANSCRIPT);
    }

    private Optional<Step.Post> withOversized(Stage stage, Step.Post honest) {
        return oversized(table, stage, honest, Hash.sha256(new byte[] {7}));
    }

    /** Candidate 0 is {@code -a*2^98 + e}; at its opening it is shown as the survivor, or its place has a seed of chance. */
    private static Optional<Step.Post> oversized(Table at, Stage stage, Step.Post honest, Hash chance) {
        if (stage != Stage.CANDIDATES && stage != Stage.OPENINGS) {
            return Optional.of(honest);
        }
        var t2 = at.transcript().before(Stage.CANDIDATES);
        byte[] big = oversized(t2);
        var me = at.contributor(CHEAT);
        var candidacy = at.exhibits().candidacy();
        if (stage == Stage.CANDIDATES) {
            var root = Tuple.of("root");
            for (int k = 0; k < at.fold; k++) {
                try (var seed = me.candidate(t2, k)) {
                    byte[] b = k == 0 ? big : candidacy.candidates().b(seed);
                    root.hash(
                            Tuple.of("b").hash(t2).number(2).number(k).bytes(b).sha256());
                }
            }
            var coin = read(at, honest, stage, Statement.Candidates.class).coin();
            return Optional.of(at.post(stage, CHEAT, new Statement.Candidates(root.sha256(), coin)));
        }
        int survivor = candidacy.survivor(at.exhibits().coin(), me.index());
        byte[] seeds = me.seeds(t2, survivor, at.fold);
        if (survivor != 0) {
            System.arraycopy(chance.bytes(), 0, seeds, 0, Hash.LENGTH);
        }
        byte[] key = survivor == 0 ? big : me.key(candidacy, t2, survivor);
        return Optional.of(
                at.post(stage, CHEAT, new Statement.Opening(Hash.sha256(seeds), Hash.sha256(key)), seeds, key));
    }

    private static byte[] oversized(Hash t2) {
        var ring = SCHEME.ring();
        var big = ring.constant(BigInteger.ONE.shiftLeft(98));
        try (var common = Seed.of(t2.bytes());
                var seed = Schemes.seed(77)) {
            var a = CollectiveKey.commonA(SCHEME, common);
            var e = ring.ntt(new Sampler(ring, seed).centredBinomial("e"));
            return SCHEME.pack(e.subtract(a.scale(big)));
        }
    }

    private HolderIndex index() {
        return table.terms.index(CHEAT);
    }

    /** Dealt by the rules, but of a secret that was never audited. */
    private List<SubShare> otherDealer() {
        var other = new Contributor(table.terms, CHEAT, SecretBytes.copyOf(new byte[Hash.LENGTH]));
        var transcript = table.transcript();
        return other.deal(
                table.exhibits().candidacy(), transcript.before(Stage.CANDIDATES), 0, transcript.before(Stage.SHARES));
    }

    private Step.Post sharesOf(List<SubShare> dealt) {
        var sealed = table.contributor(CHEAT).seal(dealt, table.transcript().before(Stage.SHARES));
        var named = new ArrayList<Statement.Sealed>();
        sealed.forEach((party, blob) -> named.add(new Statement.Sealed(party, Hash.sha256(blob))));
        return table.post(
                Stage.SHARES,
                CHEAT,
                new Statement.Shares(named),
                sealed.values().toArray(byte[][]::new));
    }

    private Step.Post opening(Step.Post honest, byte[] key) {
        var seeds = read(honest, Stage.OPENINGS, Statement.Opening.class).seeds();
        return table.post(
                Stage.OPENINGS,
                CHEAT,
                new Statement.Opening(seeds, Hash.sha256(key)),
                honest.blobs().get(seeds),
                key);
    }

    private void instead(Stage when, Supplier<Statement> statement) {
        table.with(
                CHEAT,
                (stage, honest) ->
                        stage == when ? Optional.of(table.post(stage, CHEAT, statement.get())) : Optional.of(honest));
    }

    private <T extends Statement> T of(PartyId party, Stage stage, Class<T> type) {
        return table.transcript().said(stage, type).get(party);
    }

    private <T extends Statement> T read(Step.Post post, Stage stage, Class<T> type) {
        return read(table, post, stage, type);
    }

    private static <T extends Statement> T read(Table at, Step.Post post, Stage stage, Class<T> type) {
        var body = new JsonFields(post.message().message().body());
        assertEquals(at.transcript().before(stage).hex(), body.string("seen", 64));
        return type.cast(Statement.read(stage, body));
    }

    /** Every honest holder and an outsider name the cheat, and nobody else. */
    private void assertNamed(Fault fault) {
        var last = table.run();
        for (var honest : List.of(VICTIM, Rosters.holder(3))) {
            var aborted = assertInstanceOf(Step.Aborted.class, last.get(honest));
            assertEquals(fault, aborted.fault());
            assertEquals(List.of(CHEAT), aborted.parties());
        }
        var broken = assertInstanceOf(CeremonyAudit.Finding.Broken.class, table.audit());
        assertEquals(fault, broken.fault());
        assertEquals(List.of(CHEAT), broken.parties());
    }
}
