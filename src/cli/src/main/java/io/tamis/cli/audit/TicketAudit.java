package io.tamis.cli.audit;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the tickets that key holders were asked to open against jobs and charges, and their shares against the tickets: one
 * ticket for a job and for a charge, of that job; one share of each holder it names.
 *
 * <p>This is where several openings for one charge are seen. A holder can count its own openings only; what it answers is in the
 * ledger, so two tickets for one charge are two entries here, or one of them was opened by holders who all broke their word.
 */
final class TicketAudit {
    private static final int HOLDERS_MAX = 8;
    private static final int NAME_LENGTH_MAX = 64;

    /** A ticket as it was written down. */
    private record Issued(String where, String id, JobId job, EventId charge, long keyEpoch, Set<PartyId> holders) {}

    /** A share that came in. */
    private record Share(String where, String ticket, JobId job, long keyEpoch, PartyId holder, Hash hash) {}

    private final ApprovalAudit approvals;
    private final Findings findings;
    private final Map<String, Issued> tickets = new HashMap<>();
    private final Set<JobId> jobs = new HashSet<>();
    private final Set<EventId> charges = new HashSet<>();
    private final Map<JobId, EventId> charged = new HashMap<>();
    private final List<Share> shares = new ArrayList<>();

    TicketAudit(ApprovalAudit approvals, Findings findings) {
        this.approvals = approvals;
        this.findings = findings;
    }

    /** A {@code budget.charged} entry; whether it is rightly there, the budget's audit finds out. */
    void charged(Seen entry) {
        charged.putIfAbsent(entry.job(), entry.event().id());
    }

    /** A {@code ticket.issued} entry. */
    void issued(Seen entry) {
        JsonFields fields = entry.fields();
        List<PartyId> named =
                fields.list("holders", HOLDERS_MAX, item -> new PartyId(JsonFields.text(item, NAME_LENGTH_MAX)));
        Set<PartyId> holders = Set.copyOf(named);
        if (holders.size() != named.size()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        var ticket = new Issued(
                entry.where(),
                fields.string("ticket", NAME_LENGTH_MAX),
                entry.job(),
                EventId.parse(fields.string("charge", NAME_LENGTH_MAX)),
                epoch(fields),
                holders);
        // Each is found by itself: a second ticket may share any one of the three with the first.
        boolean first = tickets.putIfAbsent(ticket.id, ticket) == null;
        first &= jobs.add(ticket.job);
        first &= charges.add(ticket.charge);
        if (!first) {
            findings.wrong(
                    entry.where(),
                    Finding.Kind.TICKET_REPEATED,
                    "issues a second ticket for " + ticket.job + ", its charge or its name: an opening nobody paid");
        }
    }

    /** A {@code key.share-used} entry. */
    void shared(Seen entry) {
        JsonFields fields = entry.fields();
        shares.add(new Share(
                entry.where(),
                fields.string("ticket", NAME_LENGTH_MAX),
                entry.job(),
                epoch(fields),
                entry.tenant(),
                entry.hash("share")));
    }

    /** After the last entry; what is of one transaction stands in any order. */
    void end() {
        for (Issued ticket : tickets.values()) {
            paid(ticket);
            approvals.opened(ticket.where, ticket.job);
        }
        Map<String, Map<PartyId, Hash>> used = new HashMap<>();
        for (Share share : shares) {
            Hash before =
                    used.computeIfAbsent(share.ticket, _ -> new HashMap<>()).putIfAbsent(share.holder, share.hash);
            if (before != null && !before.equals(share.hash)) {
                findings.wrong(
                        share.where,
                        Finding.Kind.SHARE_UNMATCHED,
                        "is a second share of one holder for " + share.ticket);
            }
            asked(share);
        }
    }

    private void paid(Issued ticket) {
        EventId charge = charged.get(ticket.job);
        if (charge == null) {
            findings.missing(ticket.where, Finding.Kind.TICKET_UNPAID, "no budget was charged for " + ticket.job);
        } else if (!charge.equals(ticket.charge)) {
            findings.wrong(ticket.where, Finding.Kind.TICKET_UNPAID, "names another charge than that of " + ticket.job);
        }
    }

    private void asked(Share share) {
        Issued ticket = tickets.get(share.ticket);
        if (ticket == null) {
            findings.missing(
                    share.where, Finding.Kind.SHARE_UNMATCHED, "opens " + share.ticket + ", which was never issued");
        } else if (!ticket.holders.contains(share.holder)) {
            findings.wrong(
                    share.where,
                    Finding.Kind.SHARE_UNMATCHED,
                    share.holder + " opens " + share.ticket + ", which does not ask it");
        } else if (!ticket.job.equals(share.job) || ticket.keyEpoch != share.keyEpoch) {
            findings.wrong(
                    share.where, Finding.Kind.SHARE_UNMATCHED, "opens " + share.ticket + " of another job or key");
        }
    }

    private static long epoch(JsonFields fields) {
        return fields.integer("keyEpoch", 1, Json.Int.MAGNITUDE_MAX);
    }
}
