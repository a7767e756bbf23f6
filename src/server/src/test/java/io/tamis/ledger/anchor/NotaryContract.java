package io.tamis.ledger.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.ledger.PublishedLog.Published;
import io.tamis.log.Origin;
import io.tamis.log.TreeHead;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every notary does, on a chain that makes blocks when it is told to and believes a block after three. */
public abstract class NotaryContract {
    /** How many blocks make one final in these tests. */
    public static final int CONFIRMATIONS = 3;

    private final GrowingLog log = new GrowingLog("contract.example/ledger/2026");

    /** The notary under test; the same one during a test. */
    protected abstract Notary notary();

    /** Makes blocks. */
    protected abstract void mine(int blocks);

    /** Makes the log known, in a block of its own. */
    protected abstract void createLog(Origin origin);

    @Test
    void heads_ofAnUnknownLog_areNone() {
        assertEquals(Optional.empty(), notary().heads(log.origin()));
        assertEquals(Optional.empty(), notary().rootAt(log.origin(), 1));
    }

    @Test
    void heads_ofANewLog_areEmpty() {
        createLog(log.origin());
        assertEquals(Optional.of(new Heads(TreeHead.EMPTY, TreeHead.EMPTY)), notary().heads(log.origin()));
    }

    @Test
    void place_isOfTheLog() {
        Place place = notary().place(log.origin()).orElseThrow();
        assertEquals(place, notary().place(log.origin()).orElseThrow());
        Place other = notary().place(new Origin("contract.example/ledger/2027")).orElseThrow();
        assertEquals(place.contract(), other.contract());
        assertNotEquals(place.log(), other.log());
    }

    @Test
    void claim_minedAndConfirmed_isLatestThenSettled() {
        createLog(log.origin());
        var first = log.grow(5);
        var anchor = sent(TreeHead.EMPTY, first);
        assertInstanceOf(Fate.Unknown.class, notary().fate(anchor.transaction()));
        assertEquals(Optional.empty(), notary().rootAt(log.origin(), 5));
        mine(1);
        assertInstanceOf(Fate.Mined.class, notary().fate(anchor.transaction()));
        assertEquals(new Heads(first.head(), TreeHead.EMPTY), heads());
        assertEquals(Optional.of(first.head().root()), notary().rootAt(log.origin(), 5));
        assertEquals(Optional.empty(), notary().rootAt(log.origin(), 4));
        mine(1);
        assertEquals(TreeHead.EMPTY, heads().settled());
        mine(1);
        assertInstanceOf(Fate.Settled.class, notary().fate(anchor.transaction()));
        assertEquals(new Heads(first.head(), first.head()), heads());
        var second = log.grow(8);
        sent(first.head(), second);
        mine(1);
        assertEquals(new Heads(second.head(), first.head()), heads());
    }

    @Test
    void sign_ofWhatDoesNotExtendTheHead_isEmpty() {
        createLog(log.origin());
        var first = log.grow(5);
        sent(TreeHead.EMPTY, first);
        mine(1);
        var second = log.grow(3);
        var other = new GrowingLog(log.origin().value()).grow(8, "other");
        assertTrue(sign(claim(first.head(), second)).isPresent());
        assertFalse(sign(new Claim(log.origin(), other.head(), checkpoint(other), List.of()))
                .isPresent());
        assertFalse(sign(new Claim(log.origin(), log.headAt(4), checkpoint(first), List.of()))
                .isPresent());
        var conflict = new TreeHead(5, Hash.sha256("another root".getBytes(UTF_8)));
        assertFalse(sign(new Claim(log.origin(), conflict, checkpoint(first), List.of()))
                .isPresent());
    }

    @Test
    void sign_ofALogTheChainDoesNotKnow_isEmpty() {
        assertFalse(sign(claim(TreeHead.EMPTY, log.grow(1))).isPresent());
    }

    @Test
    void claim_ofTheHeadThatIsThere_changesNothing() {
        createLog(log.origin());
        var first = log.grow(5);
        sent(TreeHead.EMPTY, first);
        mine(1);
        var again = sent(first.head(), first);
        mine(CONFIRMATIONS);
        assertInstanceOf(Fate.Settled.class, notary().fate(again.transaction()));
        assertEquals(new Heads(first.head(), first.head()), heads());
    }

    @Test
    void send_twice_isOneTransaction() {
        createLog(log.origin());
        var anchor = sent(TreeHead.EMPTY, log.grow(5));
        notary().send(anchor);
        long before = notary().nextSlot().nonce();
        mine(1);
        notary().send(anchor);
        mine(1);
        assertEquals(before + 1, notary().nextSlot().nonce());
    }

    @Test
    void nextSlot_countsWhatIsInBlocksAlone() {
        createLog(log.origin());
        long before = notary().nextSlot().nonce();
        sent(TreeHead.EMPTY, log.grow(5));
        assertEquals(before, notary().nextSlot().nonce());
        mine(1);
        assertEquals(before + 1, notary().nextSlot().nonce());
    }

    @Test
    void secondTransactionOfANumber_thatPaysMore_isTheOneThatIsMined() {
        createLog(log.origin());
        var first = log.grow(5);
        var cheap = sent(TreeHead.EMPTY, first);
        var second = log.grow(5);
        var dear = notary().sign(
                        claim(TreeHead.EMPTY, second),
                        new Slot(cheap.slot().nonce(), cheap.slot().fee().raised()))
                .orElseThrow();
        notary().send(dear);
        mine(CONFIRMATIONS);
        assertInstanceOf(Fate.Unknown.class, notary().fate(cheap.transaction()));
        assertInstanceOf(Fate.Settled.class, notary().fate(dear.transaction()));
        assertEquals(second.head(), heads().settled());
    }

    @Test
    void fee_isAboveZeroAndRaisedByAnEighthAtLeast() {
        Fee fee = notary().nextSlot().fee();
        Fee raised = fee.raised();
        var eighth = BigInteger.valueOf(8);
        assertTrue(raised.maxWei().subtract(fee.maxWei()).multiply(eighth).compareTo(fee.maxWei()) >= 0);
        assertTrue(raised.tipWei().compareTo(fee.tipWei()) > 0);
    }

    private Heads heads() {
        return notary().heads(log.origin()).orElseThrow();
    }

    private SignedAnchor sent(TreeHead from, Published to) {
        var anchor = sign(claim(from, to)).orElseThrow();
        notary().send(anchor);
        return anchor;
    }

    private Optional<SignedAnchor> sign(Claim claim) {
        return notary().sign(claim, notary().nextSlot());
    }

    private Claim claim(TreeHead from, Published to) {
        var proof = from.size() == 0 ? List.<Hash>of() : log.consistency(from, to.head());
        return new Claim(log.origin(), to.head(), checkpoint(to), proof);
    }

    private static Hash checkpoint(Published published) {
        return Hash.sha256(published.note().encoded().getBytes(UTF_8));
    }
}
