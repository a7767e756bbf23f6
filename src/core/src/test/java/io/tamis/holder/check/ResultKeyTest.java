package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.PredictableRandom;
import io.tamis.data.TamisException;
import io.tamis.he.Schemes;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.HolderShares;
import io.tamis.he.threshold.MerchantKey;
import io.tamis.he.threshold.MerchantSecret;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.he.threshold.ShareFile;
import io.tamis.he.threshold.ShareKind;
import io.tamis.he.threshold.SwitchFile;
import io.tamis.he.threshold.SwitchShare;
import io.tamis.he.threshold.SwitchedSum;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketId;
import io.tamis.holder.ticket.Tickets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tickets whose sums are for a merchant's key alone, and servers that would rather read them. */
class ResultKeyTest {
    private final TicketWorld world = new TicketWorld();
    private final TicketDraft draft = world.draft;
    private final MerchantSecret merchant = new MerchantSecret(TicketWorld.SCHEME, Schemes.seed(50));
    private final MerchantKey key = merchant.key();

    @BeforeEach
    void asked() {
        world.octets.put(key.hash(), key.bytes());
        draft.asked = to(Optional.of(key.hash()));
        world.evidence();
    }

    @AfterEach
    void close() {
        merchant.close();
    }

    @Test
    void answers_ofBothActiveHolders_openForTheMerchant_withTheirNoise() {
        var one = assertInstanceOf(SwitchFile.class, answer(1, 7));
        var three = assertInstanceOf(SwitchFile.class, answer(3, 11));
        var active = TicketAnswer.active(world.roster, draft.ticket());
        var sums = accepted().sums();
        for (int at = 0; at < sums.size(); at++) {
            List<SwitchShare> shares =
                    List.of(one.shares().get(at), three.shares().get(at));
            var switched = new Combiner(TicketWorld.SCHEME).switched(sums.get(at), active, shares);
            var sum = new SwitchedSum(
                    one.header().ticket(), key.hash(), sums.get(at).hash(), new OpenedMax(1L << 30), switched);
            int parity = at;
            long truth = world.truth(position -> position % 2 == parity);
            assertEquals(truth + 18, merchant.open(sum));
            long read = TicketWorld.SCHEME.round(switched.c0().toCoefficients(), new int[] {0})[0];
            assertNotEquals(truth + 18, read, "without the secret it is no value");
        }
    }

    /** Neither in the open for a ticket with a key, nor to a key for one without. */
    @Test
    void answer_isOfTheKindThatTheTicketAsksFor() {
        assertEquals(ShareKind.SWITCH, answer(1, 0).header().kind());
        draft.asked = to(Optional.empty());
        world.evidence();
        assertInstanceOf(ShareFile.class, answer(1, 0));
        assertEquals(ShareKind.PLAIN, answer(1, 0).header().kind());
    }

    @Test
    void accepted_withAnotherKeyThanTheTickets_doesNotExist() {
        var accepted = accepted();
        var others = new ArrayList<Optional<MerchantKey>>();
        others.add(Optional.empty());
        try (var other = new MerchantSecret(TicketWorld.SCHEME, Schemes.seed(51))) {
            others.add(Optional.of(other.key()));
        }
        for (Optional<MerchantKey> other : others) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new TicketVerdict.Accepted(accepted.ticket(), accepted.sums(), accepted.charge(), other));
        }
    }

    // The server wants to read what was asked for the merchant alone.

    @Test
    void ticket_withoutTheKeyThatWasApproved_isRefused() {
        draft.asked = to(Optional.empty());
        world.refused(HolderRefusal.QUESTION_DIFFERS);
    }

    @Test
    void ticket_withAKeyOfTheServersOwn_isRefused() {
        try (var own = new MerchantSecret(TicketWorld.SCHEME, Schemes.seed(66))) {
            world.octets.put(own.key().hash(), own.key().bytes());
            draft.asked = to(Optional.of(own.key().hash()));
            world.refused(HolderRefusal.QUESTION_DIFFERS);
        }
    }

    @Test
    void ticket_withAKeyThatNobodyApproved_isRefused() {
        draft.asked = to(Optional.empty());
        world.evidence();
        draft.asked = to(Optional.of(key.hash()));
        world.refused(HolderRefusal.QUESTION_DIFFERS);
    }

    /** The hash is approved; the server sends the bytes of a key whose secret it has. */
    @Test
    void keyBytes_otherThanTheOnesNamed_areRefused() {
        try (var own = new MerchantSecret(TicketWorld.SCHEME, Schemes.seed(66))) {
            world.octets.put(key.hash(), own.key().bytes());
            world.refused(HolderRefusal.RESULT_KEY);
        }
        for (int bit : new int[] {0, 8 * key.bytes().length - 1}) {
            byte[] changed = key.bytes();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            world.octets.put(key.hash(), changed);
            world.refused(HolderRefusal.RESULT_KEY);
        }
        world.octets.remove(key.hash());
        world.refused(HolderRefusal.RESULT_KEY);
    }

    /** With p0 of zero everybody reads what is sealed: such bytes are refused though the hash is theirs. */
    @Test
    void keyBytes_thatAreNoKey_areRefused() {
        int half = key.bytes().length / 2;
        byte[] transparent = key.bytes();
        java.util.Arrays.fill(transparent, 0, half, (byte) 0);
        for (byte[] bytes : List.of(transparent, new byte[2 * half], new byte[half], new byte[0])) {
            Hash hash = Hash.sha256(bytes);
            world.octets.put(hash, bytes);
            draft.asked = to(Optional.of(hash));
            world.evidence();
            world.refused(HolderRefusal.RESULT_KEY);
        }
    }

    /** Opened is opened: once in the open, once to a key would average the noise away as well. */
    @Test
    void aggregate_openedInTheOpenBefore_isNotOpenedToAKey() {
        draft.asked = to(Optional.empty());
        world.evidence();
        world.opened.add(world.line(Tickets.event(1)));
        draft.id = TicketId.parse("tk_0190163d-8694-739b-aea5-966c26f8ad93");
        draft.asked = to(Optional.of(key.hash()));
        world.evidence();
        world.refused(HolderRefusal.ALREADY_OPENED);
    }

    @Test
    void aggregate_openedToAKeyBefore_isNotOpenedInTheOpen() {
        world.opened.add(world.line(Tickets.event(1)));
        draft.id = TicketId.parse("tk_0190163d-8694-739b-aea5-966c26f8ad93");
        draft.asked = to(Optional.empty());
        world.evidence();
        world.refused(HolderRefusal.ALREADY_OPENED);
    }

    @Test
    void ticket_throughJson_keepsItsKey() {
        var ticket = draft.ticket();
        assertEquals(
                ticket, DecryptionTicket.fromJson(Json.parse(ticket.toJson().canonicalBytes())));
        draft.asked = to(Optional.empty());
        assertNotEquals(
                SignedTicket.sign(ticket, world.server).hash(),
                SignedTicket.sign(draft.ticket(), world.server).hash());
        var malformed = ticket.toJson().with("merchantKey", Json.of("00"));
        assertThrows(TamisException.class, () -> DecryptionTicket.fromJson(malformed));
    }

    private DecryptionTicket.Asked to(Optional<Hash> resultKey) {
        var asked = draft.asked;
        return new DecryptionTicket.Asked(
                asked.job(),
                asked.collaboration(),
                asked.merchant(),
                asked.role(),
                asked.region(),
                asked.metric(),
                asked.bundle(),
                resultKey);
    }

    private TicketVerdict.Accepted accepted() {
        return assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
    }

    private HolderShares answer(int holder, long noise) {
        var verdict = new TicketCheck(
                        TicketWorld.SCHEME, world.facts(new PartyId("holder-" + holder)), () -> TicketWorld.NOW)
                .check(
                        SignedTicket.sign(draft.ticket(), world.server),
                        hash -> Optional.ofNullable(world.octets.get(hash)));
        var accepted = assertInstanceOf(TicketVerdict.Accepted.class, verdict);
        return new TicketAnswer(TicketWorld.SCHEME, world.roster, _ -> noise, new PredictableRandom(holder))
                .answer(accepted, world.holders.share(holder), TicketWorld.holderKeys(holder))
                .file();
    }
}
