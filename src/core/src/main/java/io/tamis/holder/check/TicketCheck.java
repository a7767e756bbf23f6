package io.tamis.holder.check;

import io.tamis.data.Charge;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.threshold.MerchantKey;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.OpenedTicket;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketSegment;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Everything a key holder makes sure of before a share leaves (encrypted-aggregation, section 6). Nothing that the server
 * says is believed: hashes, sums, bounds, noise and budgets are computed again from the holder's own roster, policy, rounds
 * and log. Pure: no network, no disk; the same facts, ticket and octets give the same verdict.
 *
 * <p>Assumes that the platforms clamped what they encrypted (audited cut and choose covers c1, nothing covers the values)
 * and that the roster's ledger keys are the ledger's. NOT promised: anything when all active holders collude, or that the
 * masks are what the job's filters say: they are the server's reading of level 1 to 3 columns, and the noise covers them. Of
 * counts nothing but the noise protects a bucket of few persons: how many are in it no holder knows.
 */
public final class TicketCheck {
    private final Bfv scheme;
    private final HolderFacts facts;
    private final InstantSource clock;

    /** A check by a holder with these facts, under the roster's parameters. */
    public TicketCheck(Bfv scheme, HolderFacts facts, InstantSource clock) {
        this.scheme = Objects.requireNonNull(scheme);
        this.facts = Objects.requireNonNull(facts);
        this.clock = Objects.requireNonNull(clock);
    }

    /** The verdict; {@code progress} is told after each ciphertext how many are done. */
    public TicketVerdict check(SignedTicket signed, TicketContent content, LongConsumer progress) {
        var standing = new StandingCheck(facts, clock.instant());
        Optional<OpenedTicket> before = facts.book().find(signed.ticket().id());
        if (before.isPresent() && before.get().ticket().equals(signed.hash())) {
            return again(standing, signed);
        }
        Optional<HolderRefusal> stated =
                standing.refusal(signed).or(() -> bookRefusal(signed.ticket(), before.isPresent()));
        if (stated.isPresent()) {
            return new TicketVerdict.Refused(stated.get());
        }
        return switch (tags().find(signed.ticket())) {
            case TagCheck.Found.Refused(HolderRefusal reason) -> new TicketVerdict.Refused(reason);
            case TagCheck.Found.Tags(List<TicketTag> tags) -> check(signed, tags, content, progress);
        };
    }

    /** The verdict, without telling anybody how far it is. */
    public TicketVerdict check(SignedTicket signed, TicketContent content) {
        return check(signed, content, done -> {});
    }

    /** Everything was checked the first time; a new policy, or the share's own line in the log, must not stop the retry. */
    private static TicketVerdict again(StandingCheck standing, SignedTicket signed) {
        Optional<HolderRefusal> over = standing.over(signed.ticket());
        return over.isPresent() ? new TicketVerdict.Refused(over.get()) : new TicketVerdict.Answered(signed.hash());
    }

    /** First what costs nothing, then the masks, then the ciphertexts. */
    private TicketVerdict check(
            SignedTicket signed, List<TicketTag> tags, TicketContent content, LongConsumer progress) {
        DecryptionTicket ticket = signed.ticket();
        var ledger = new LedgerCheck(facts.roster(), ticket);
        var budget = new BudgetCheck(ticket);
        Optional<Charge> charged = budget.charged();
        Optional<EventId> charge = ledger.charge();
        if (charged.isEmpty() || charge.isEmpty()) {
            return new TicketVerdict.Refused(HolderRefusal.CHARGE_MISSING);
        }
        if (facts.book().used(charge.get())) {
            return new TicketVerdict.Refused(HolderRefusal.CHARGE_USED);
        }
        var noise = new NoiseCheck(scheme.params(), ticket);
        Optional<HolderRefusal> refused = tags().policyRefusal(ticket, tags, charged.get())
                .or(() -> ledger.approvalRefusal(tags))
                .or(() -> new QuestionCheck(ticket).refusal(tags, charged.get()))
                .or(() -> ledger.issueRefusal(charge.get()))
                .or(() -> cohortRefusal(ticket, tags))
                .or(() -> noise.noiseRefusal(charged.get()))
                .or(() -> budget.capRefusal(facts.book(), facts.bundle().budgets()));
        if (refused.isPresent()) {
            return new TicketVerdict.Refused(refused.get());
        }
        return switch (ticket.kind()) {
            case MASKED -> checkMasked(signed, tags, content, progress, charge.get());
            case BUCKETS -> checkCounts(signed, tags, content, progress, charge.get());
        };
    }

    private TicketVerdict checkMasked(
            SignedTicket signed, List<TicketTag> tags, TicketContent content, LongConsumer progress, EventId charge) {
        DecryptionTicket ticket = signed.ticket();
        Optional<TicketMasks> masks = TicketMasks.read(scheme.params(), ticket, content);
        if (masks.isEmpty()) {
            return new TicketVerdict.Refused(HolderRefusal.MASK_MALFORMED);
        }
        Optional<HolderRefusal> refused =
                maskRefusal(ticket, tags, masks.get(), new NoiseCheck(scheme.params(), ticket));
        if (refused.isPresent()) {
            return new TicketVerdict.Refused(refused.get());
        }
        Optional<Hash> named = ticket.asked().resultKey();
        Optional<MerchantKey> key = named.flatMap(hash -> resultKey(hash, content));
        if (named.isPresent() && key.isEmpty()) {
            return new TicketVerdict.Refused(HolderRefusal.RESULT_KEY);
        }
        return verdict(
                signed,
                new Reexecution(scheme, facts.roster(), ticket, progress).run(tags, masks.get(), content),
                charge,
                key);
    }

    /** Counts have no masks: how many persons each platform has is what it signed with its plan. */
    private TicketVerdict checkCounts(
            SignedTicket signed, List<TicketTag> tags, TicketContent content, LongConsumer progress, EventId charge) {
        DecryptionTicket ticket = signed.ticket();
        var noise = new NoiseCheck(scheme.params(), ticket);
        List<Integer> persons =
                tags.stream().map(tag -> tag.round().plan().persons().orElse(0)).toList();
        boolean enough = persons.stream().allMatch(all -> all >= ticket.bounds().minCohort());
        Optional<HolderRefusal> refused = (enough
                        ? Optional.<HolderRefusal>empty()
                        : Optional.of(HolderRefusal.COHORT_TOO_SMALL))
                .or(() -> noise.sensitivityRefusal(tags, 1))
                .or(() -> noise.admissionRefusal(
                        tags, persons, facts.roster().holders().size()));
        return refused.<TicketVerdict>map(TicketVerdict.Refused::new)
                .orElseGet(() -> verdict(
                        signed,
                        new Reexecution(scheme, facts.roster(), ticket, progress).counts(tags, content),
                        charge,
                        Optional.empty()));
    }

    private static TicketVerdict verdict(
            SignedTicket signed, Reexecution.Outcome outcome, EventId charge, Optional<MerchantKey> key) {
        return switch (outcome) {
            case Reexecution.Outcome.Refused(HolderRefusal reason) -> new TicketVerdict.Refused(reason);
            case Reexecution.Outcome.Sums(var sums) -> new TicketVerdict.Accepted(signed, sums, charge, key);
        };
    }

    /** Whose key it is the holder cannot know: the question that was approved names it, and so does the ticket. */
    private Optional<MerchantKey> resultKey(Hash named, TicketContent content) {
        try {
            return content.octets(named)
                    .filter(octets -> Hash.sha256(octets).equals(named))
                    .map(octets -> MerchantKey.read(scheme, octets));
        } catch (HeException notAKey) {
            return Optional.empty();
        }
    }

    private TagCheck tags() {
        return new TagCheck(facts, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** Items 5 and 6: what the own log says. Two openings of one aggregate by one set would average the noise away. */
    private Optional<HolderRefusal> bookRefusal(DecryptionTicket ticket, boolean idKnown) {
        if (idKnown) {
            return Optional.of(HolderRefusal.TICKET_CHANGED);
        }
        // Masks are the server's word: one approval must not buy a second sum over other persons.
        if (facts.book().opened(ticket.asked().job())) {
            return Optional.of(HolderRefusal.ALREADY_OPENED);
        }
        Set<Hash> aggregates = new HashSet<>();
        for (TicketSegment segment : ticket.segments()) {
            if (!aggregates.add(segment.aggregate()) || facts.book().opened(segment.aggregate(), ticket.activeSet())) {
                return Optional.of(HolderRefusal.ALREADY_OPENED);
            }
        }
        long openings =
                facts.book().openings(ticket.keyEpoch()) + ticket.segments().size();
        return openings <= facts.roster().limit().openingsMax()
                ? Optional.empty()
                : Optional.of(HolderRefusal.OPENINGS_EXHAUSTED);
    }

    /** Item 4: the cohort asked for is the greatest that level and declarations claim. */
    private static Optional<HolderRefusal> cohortRefusal(DecryptionTicket ticket, List<TicketTag> tags) {
        int least = tags.stream()
                .mapToInt(tag -> Math.max(
                        tag.dataset().minUsers(),
                        TagCheck.encrypted(tag) ? TicketLimits.COHORT_MIN_L4 : TicketLimits.COHORT_MIN))
                .max()
                .orElseThrow();
        return ticket.bounds().minCohort() >= least ? Optional.empty() : Optional.of(HolderRefusal.COHORT_TOO_SMALL);
    }

    private Optional<HolderRefusal> maskRefusal(
            DecryptionTicket ticket, List<TicketTag> tags, TicketMasks masks, NoiseCheck noise) {
        if (masks.leastWeight() < ticket.bounds().minCohort()) {
            return Optional.of(HolderRefusal.COHORT_TOO_SMALL);
        }
        return noise.sensitivityRefusal(tags, masks.groups())
                .or(() -> noise.admissionRefusal(
                        tags, masks.persons(), facts.roster().holders().size()));
    }
}
