package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.data.Charge;
import io.tamis.data.CollaborationId;
import io.tamis.data.EventId;
import io.tamis.data.JobId;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.Metric;
import io.tamis.holder.ticket.OpenedTicket;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketBounds;
import io.tamis.holder.ticket.TicketId;
import io.tamis.holder.ticket.TicketNoise;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.holder.ticket.Tickets;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.privacy.GaussianVariance;
import io.tamis.privacy.Loss;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Items 5 to 7 of what a holder checks: what was opened before, what this opening adds, and what was paid for it. */
class TicketPriceTest {
    private final TicketWorld world = new TicketWorld();
    private final TicketDraft draft = world.draft;

    // Item 5

    @Test
    void ticket_answeredBefore_getsTheStoredShare() {
        world.opened.add(world.line(Tickets.event(1)));
        assertEquals(
                new TicketVerdict.Answered(
                        SignedTicket.sign(draft.ticket(), world.server).hash()),
                world.verdict());
    }

    /** A share that was stored and never posted would open numbers under a key that was called compromised since. */
    @Test
    void ticket_answeredBefore_isRefusedOnceItsEpochOrItsTimeIsOver() {
        world.opened.add(world.line(Tickets.event(1)));
        world.now = draft.validity.expiresAt().minusMillis(1);
        assertInstanceOf(TicketVerdict.Answered.class, world.verdict());
        world.now = draft.validity.expiresAt();
        world.refused(HolderRefusal.TICKET_EXPIRED);
        world.now = TicketWorld.NOW;
        world.epochOpen = false;
        world.refused(HolderRefusal.KEY_EPOCH);
    }

    @Test
    void ticket_ofAKnownIdWithAnotherActiveSet_isRefused() {
        world.opened.add(world.line(Tickets.event(1)));
        draft.activeSet = List.of(TicketWorld.SELF, new PartyId("holder-2"));
        world.refused(HolderRefusal.TICKET_CHANGED);
    }

    @Test
    void aggregate_openedBeforeByTheSameSet_isRefused() {
        world.opened.add(world.line(Tickets.event(1)));
        draft.id = TicketId.parse("tk_0190163d-8694-739b-aea5-966c26f8ad93");
        world.refused(HolderRefusal.ALREADY_OPENED);
    }

    /** Another active set is another opening, and pays for it: with the first one's charge it is refused. */
    @Test
    void aggregate_forAnotherSetUnderTheSameCharge_isRefused() {
        EventId charge =
                assertInstanceOf(TicketVerdict.Accepted.class, world.verdict()).charge();
        var line = world.line(charge);
        world.opened.add(new OpenedTicket(
                line.id(),
                JobId.parse("job_0190163d-8694-739b-aea5-966c26f8ad94"),
                line.ticket(),
                line.keyEpoch(),
                line.collaboration(),
                line.aggregates(),
                line.activeSet(),
                charge,
                line.charges(),
                line.share(),
                line.at()));
        draft.id = TicketId.parse("tk_0190163d-8694-739b-aea5-966c26f8ad93");
        draft.activeSet = List.of(TicketWorld.SELF, new PartyId("holder-2"));
        world.refused(HolderRefusal.CHARGE_USED);
        world.replaceCharge(world.charged(draft.charges));
        world.accepted();
    }

    @Test
    void aggregate_twiceInOneTicket_isRefused() {
        var one = draft.segments.getFirst();
        draft.segments = List.of(one, new TicketSegment(Optional.of("again"), one.masks(), one.aggregate()));
        world.refused(HolderRefusal.ALREADY_OPENED);
    }

    // Item 6

    @Test
    void openings_atTheCap_areAcceptedAndOneMoreRefused() {
        // The roster allows 64, the ceremony took 3, this ticket takes 2.
        world.opened.addAll(lines(59));
        world.accepted();
        world.opened.addAll(lines(1));
        world.refused(HolderRefusal.OPENINGS_EXHAUSTED);
    }

    @Test
    void lambda_oneLess_isRefused() {
        draft.lambda = 39;
        world.refused(HolderRefusal.LAMBDA);
    }

    // Item 7

    @Test
    void sensitivity_oneBelowTheClampPlatformsOrGroups_isRefused() {
        bounds(new TicketBounds(100, 499, 2, 1));
        world.refused(HolderRefusal.SENSITIVITY);
        bounds(new TicketBounds(100, 500, 1, 1));
        world.refused(HolderRefusal.SENSITIVITY);
        bounds(new TicketBounds(100, 501, 2, 1));
        world.accepted();
    }

    @Test
    void segments_thatOverlap_needTheirNumberOfGroups() {
        world.masks(List.of(
                TicketWorld.segment("T1", position -> position <= 150),
                TicketWorld.segment("T2", position -> position >= 150)));
        world.refused(HolderRefusal.SENSITIVITY);
        bounds(new TicketBounds(100, 500, 2, 2));
        world.accepted();
    }

    @Test
    void count_ofTagsThatAreNotZeroOrOne_isRefused() {
        draft.asked = new DecryptionTicket.Asked(
                draft.asked.job(),
                draft.asked.collaboration(),
                draft.asked.merchant(),
                draft.asked.role(),
                draft.asked.region(),
                Metric.COUNT,
                draft.asked.bundle());
        world.evidence();
        world.refused(HolderRefusal.SENSITIVITY);
    }

    @Test
    void noise_ofAVarianceOneBelow_isRefused() {
        var spread = (GaussianVariance) draft.noise.spread();
        assertEquals(BigInteger.valueOf(1_250_000_000), spread.numerator());
        draft.noise = new TicketNoise(
                draft.noise.loss(), new GaussianVariance(BigInteger.valueOf(1_249_999_999), BigInteger.ONE));
        world.refused(HolderRefusal.NOISE_TOO_LOW);
        draft.noise = new TicketNoise(
                draft.noise.loss(), new GaussianVariance(BigInteger.valueOf(1_250_000_001), BigInteger.ONE));
        world.accepted();
    }

    /** More loss means less noise: a server that names a higher price than it charged would buy precision nobody paid. */
    @Test
    void noise_atAPriceOneAboveTheChargedShare_isRefused() {
        price(new MicroRho(401));
        world.refused(HolderRefusal.NOISE_TOO_LOW);
        price(new MicroRho(399));
        world.accepted();
    }

    @Test
    void charge_oneBelowInAnyRow_isRefused() {
        for (int i = 0; i < 9; i++) {
            var rows = new ArrayList<>(TicketWorld.charges(TicketWorld.RHO));
            BudgetRow row = rows.get(i);
            var less = Charge.ofRho(new MicroRho(row.amount().rho().value() - 1));
            rows.set(i, new BudgetRow(row.dataset(), row.merchant(), row.period(), less));
            charges(rows);
            world.refused(HolderRefusal.CHARGE_MISSING);
            charges(without(TicketWorld.charges(TicketWorld.RHO), i));
            world.refused(HolderRefusal.CHARGE_MISSING);
        }
    }

    @Test
    void charge_thatTheLedgerDoesNotHave_isRefused() {
        draft.charges = TicketWorld.charges(new MicroRho(1_201));
        world.refused(HolderRefusal.CHARGE_MISSING);
        draft.charges = TicketWorld.charges(TicketWorld.RHO);
        draft.evidence = draft.evidence.stream()
                .filter(evidence -> !evidence.event().type().equals(Optional.of(EventType.BUDGET_CHARGED)))
                .toList();
        world.refused(HolderRefusal.CHARGE_MISSING);
    }

    /** A server that dates its entries as it likes, and so charges each ticket to a month that has its cap to spare. */
    @Test
    void charge_datedInAMonthOfTheServersChoice_isRefused() {
        chargedAt(Instant.parse("2031-05-04T05:00:00Z"));
        world.refused(HolderRefusal.CHARGE_MISSING);
        chargedAt(Instant.parse("2025-01-04T05:00:00Z"));
        world.refused(HolderRefusal.CHARGE_MISSING);
    }

    @Test
    void charge_atTheBordersOfItsTime_isAcceptedAndASecondBeyondRefused() {
        var issued = draft.validity.issuedAt();
        chargedAt(issued.plus(TicketLimits.CLOCK_SKEW));
        world.accepted();
        chargedAt(issued.plus(TicketLimits.CLOCK_SKEW).plusSeconds(1));
        world.refused(HolderRefusal.CHARGE_MISSING);
        chargedAt(issued.minus(TicketLimits.VALIDITY_MAX));
        world.accepted();
        chargedAt(issued.minus(TicketLimits.VALIDITY_MAX).minusSeconds(1));
        world.refused(HolderRefusal.CHARGE_MISSING);
    }

    /** A server that goes on charging a month that has its cap to spare, while the job can only have been queued in this one. */
    @Test
    void charge_onTheMonthBefore_isAcceptedTenDaysLongAndNotASecondLonger() {
        chargedAt(Instant.parse("2026-11-10T23:59:59Z"), YearMonth.of(2026, 10));
        world.accepted();
        chargedAt(Instant.parse("2026-11-11T00:00:00Z"), YearMonth.of(2026, 10));
        world.refused(HolderRefusal.CHARGE_MISSING);
        chargedAt(Instant.parse("2026-11-28T05:00:00Z"), YearMonth.of(2026, 10));
        world.refused(HolderRefusal.CHARGE_MISSING);
        chargedAt(Instant.parse("2026-11-02T05:00:00Z"), YearMonth.of(2026, 9));
        world.refused(HolderRefusal.CHARGE_MISSING);
        chargedAt(Instant.parse("2026-11-11T00:00:00Z"), YearMonth.of(2026, 11));
        world.accepted();
    }

    /** The merchant's month is 24,355 micro-rho in the repository's bundle. */
    @Test
    void budget_withWhatWasOpenedBefore_keepsEveryCapToTheUnit() {
        world.opened.add(spent(new MicroRho(24_355 - 1_200)));
        world.accepted();
        world.opened.add(spent(new MicroRho(1)));
        world.refused(HolderRefusal.BUDGET_EXHAUSTED);
    }

    @Test
    void budget_ofAnotherCollaboration_doesNotCountOnItsRow() {
        var line = spent(new MicroRho(10));
        var wide = List.of(new BudgetRow(
                Optional.empty(), Optional.empty(), Optional.empty(), Charge.ofRho(new MicroRho(311_064))));
        world.opened.add(new OpenedTicket(
                line.id(),
                line.job(),
                line.ticket(),
                line.keyEpoch(),
                new CollaborationId("col_2"),
                line.aggregates(),
                line.activeSet(),
                line.charge(),
                wide,
                line.share(),
                line.at()));
        world.accepted();
    }

    /** One approval, another sum: the masks are the server's word, and one person more or less would tell the two apart. */
    @Test
    void secondTicketOfAJob_withAnotherChargeAndOtherSums_isRefused() {
        var line = world.line(Tickets.event(77));
        world.opened.add(new OpenedTicket(
                TicketId.parse("tk_" + Tickets.event(78)),
                line.job(),
                Tickets.hash("earlier"),
                line.keyEpoch(),
                line.collaboration(),
                List.of(Tickets.hash("other persons")),
                line.activeSet(),
                line.charge(),
                List.of(),
                line.share(),
                line.at()));
        world.refused(HolderRefusal.ALREADY_OPENED);
    }

    private void bounds(TicketBounds bounds) {
        draft.bounds = bounds;
        draft.noise = TicketNoise.of(draft.noise.loss(), bounds);
    }

    private void price(MicroRho rho) {
        draft.noise = TicketNoise.of(new Loss.Zcdp(rho), draft.bounds);
    }

    private void charges(List<BudgetRow> rows) {
        draft.charges = List.copyOf(rows);
        world.replaceCharge(world.charged(rows));
    }

    /** Charged on this month's rows, in a ticket issued at once. */
    private void chargedAt(Instant at, YearMonth month) {
        draft.validity = new DecryptionTicket.Validity(at, at.plusSeconds(3_600));
        world.now = at;
        charged(at, month);
    }

    /** Charges the job at this time, on the rows of its month. */
    private void chargedAt(Instant at) {
        charged(at, YearMonth.from(at.atZone(ZoneOffset.UTC)));
    }

    private void charged(Instant at, YearMonth month) {
        draft.charges = TicketWorld.charges(TicketWorld.RHO).stream()
                .map(row -> new BudgetRow(
                        row.dataset(), row.merchant(), row.period().map(_ -> month), row.amount()))
                .toList();
        world.replaceCharge(
                world.ledger.append(EventType.BUDGET_CHARGED, at, world.chargedBy(TicketWorld.MERCHANT.value())));
    }

    private static List<BudgetRow> without(List<BudgetRow> rows, int index) {
        var copy = new ArrayList<>(rows);
        copy.remove(index);
        return copy;
    }

    private OpenedTicket spent(MicroRho rho) {
        var line = world.line(Tickets.event(1 + world.opened.size()));
        return new OpenedTicket(
                TicketId.parse("tk_" + Tickets.event(500 + world.opened.size())),
                JobId.parse("job_" + Tickets.event(500 + world.opened.size())),
                Tickets.hash("earlier"),
                99,
                TicketWorld.COLLABORATION,
                List.of(Tickets.hash("earlier aggregate")),
                line.activeSet(),
                line.charge(),
                TicketWorld.charges(rho),
                Tickets.hash("earlier share"),
                line.at());
    }

    private List<OpenedTicket> lines(int count) {
        var lines = new ArrayList<OpenedTicket>();
        for (int i = 0; i < count; i++) {
            int number = world.opened.size() + i;
            lines.add(new OpenedTicket(
                    TicketId.parse("tk_" + Tickets.event(1000 + number)),
                    JobId.parse("job_" + Tickets.event(1000 + number)),
                    Tickets.hash("earlier " + number),
                    draft.keyEpoch,
                    new CollaborationId("col_2"),
                    List.of(Tickets.hash("aggregate " + number)),
                    draft.activeSet,
                    Tickets.event(number),
                    List.of(),
                    Tickets.hash("share"),
                    TicketWorld.NOW));
        }
        return lines;
    }
}
