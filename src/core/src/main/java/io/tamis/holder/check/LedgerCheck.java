package io.tamis.holder.check;

import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.PolicyRole;
import io.tamis.data.Role;
import io.tamis.holder.Roster;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.TicketApproval;
import io.tamis.holder.ticket.TicketEvidence;
import io.tamis.log.ApprovalSubject;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the ledger says of the ticket's job, by entries that are proven to be in it: who asked, who approved, what was
 * charged, which ticket was issued. An entry that is not proven under a ledger key of the roster does not count.
 */
final class LedgerCheck {
    private final Roster roster;
    private final DecryptionTicket ticket;
    private final Hash question;

    LedgerCheck(Roster roster, DecryptionTicket ticket) {
        this.roster = roster;
        this.ticket = ticket;
        this.question = ticket.question().hash();
    }

    /** Item 1: the job was asked as the ticket says, and every owner of an encrypted tag has approved it. */
    Optional<HolderRefusal> approvalRefusal(List<TicketTag> tags) {
        Optional<LedgerEvent> submitted = submitted();
        if (submitted.isEmpty() || !asTicketSays(submitted.get())) {
            return Optional.of(HolderRefusal.APPROVAL_MISSING);
        }
        // Approved or not: what was asked is what the ledger has of the job.
        if (!text(submitted.get().body(), "questionHash").equals(Optional.of(question.hex()))) {
            return Optional.of(HolderRefusal.QUESTION_DIFFERS);
        }
        Set<PartyId> owners = tags.stream().map(tag -> tag.dataset().owner()).collect(Collectors.toSet());
        List<TicketApproval> approved = ticket.approvals().stream()
                .filter(approval -> owners.contains(approval.party()))
                .filter(approval -> approved(approval, submitted.get()))
                .toList();
        // The policy counts approvals: one said twice, or one that nothing proves, would be counted too.
        boolean padded = approved.size() != ticket.approvals().size() || !apart(approved);
        boolean needed = tags.stream().anyMatch(TagCheck::encrypted);
        boolean every = approved.stream()
                .map(TicketApproval::party)
                .collect(Collectors.toSet())
                .containsAll(owners);
        return padded || (needed && !every) ? Optional.of(HolderRefusal.APPROVAL_MISSING) : Optional.empty();
    }

    /** A policy may ask for several approvals of one owner: they are of other persons, and of other departments. */
    private static boolean apart(List<TicketApproval> approved) {
        record Person(PartyId party, PersonId person) {}
        record Department(PartyId party, DepartmentId department) {}
        var persons = new HashSet<Person>();
        var departments = new HashSet<Department>();
        return approved.stream()
                .allMatch(approval -> persons.add(new Person(approval.party(), approval.by()))
                        && departments.add(new Department(approval.party(), approval.department())));
    }

    /** Item 7: the one {@code budget.charged} entry of the job; empty when there is none or it is not the ticket's. */
    Optional<EventId> charge() {
        return proven(EventType.BUDGET_CHARGED)
                .filter(event -> text(event.body(), "collaborationId")
                        .equals(Optional.of(ticket.asked().collaboration().value())))
                .filter(event -> event.tenant()
                        .equals(Optional.of(ticket.asked().merchant().value())))
                .filter(event -> rows(event).equals(rows(ticket.charges())))
                .filter(this::recent)
                .filter(this::months)
                .map(LedgerEvent::id);
    }

    /**
     * Item 5: the one {@code ticket.issued} entry of the job is of this ticket, this charge and this active set. Several openings
     * for one charge then are several entries, which everybody's audit finds; a holder alone sees no more than its own.
     */
    Optional<HolderRefusal> issueRefusal(EventId charge) {
        return proven(EventType.TICKET_ISSUED)
                        .filter(event -> text(event.body(), "ticket")
                                .equals(Optional.of(ticket.id().toString())))
                        .filter(event -> text(event.body(), "charge").equals(Optional.of(charge.toString())))
                        .filter(event -> text(event.body(), "aggregates")
                                .equals(Optional.of(ticket.aggregatesHash().hex())))
                        .filter(event -> has(event, "keyEpoch", Json.of(ticket.keyEpoch())))
                        .filter(event ->
                                has(event, "openings", Json.of(ticket.segments().size())))
                        .filter(event -> has(
                                event,
                                "holders",
                                Json.strings(ticket.activeSet().stream()
                                        .map(PartyId::value)
                                        .toList())))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(HolderRefusal.TICKET_UNRECORDED);
    }

    /**
     * Charged when the job began to wait for shares. A server that may date its entries as it likes would charge every ticket to
     * a month of its own, past or to come, and no month's cap would ever be reached.
     */
    private boolean recent(LedgerEvent charged) {
        Instant issued = ticket.validity().issuedAt();
        return !charged.at().isAfter(issued.plus(TicketLimits.CLOCK_SKEW))
                && !charged.at().isBefore(issued.minus(TicketLimits.VALIDITY_MAX));
    }

    /**
     * Reserved in the month in which it was charged, or in the one before when the job can have been queued then. Any longer, and
     * a server would go on charging a month that has its cap to spare.
     */
    private boolean months(LedgerEvent charged) {
        YearMonth month = YearMonth.from(charged.at().atZone(ZoneOffset.UTC));
        YearMonth earliest =
                YearMonth.from(charged.at().minus(TicketLimits.RESERVED_MAX).atZone(ZoneOffset.UTC));
        return ticket.charges().stream()
                .flatMap(row -> row.period().stream())
                .allMatch(period -> period.equals(month) || period.equals(earliest));
    }

    private Optional<LedgerEvent> submitted() {
        return proven(EventType.JOB_SUBMITTED)
                .filter(event -> event.tenant()
                        .equals(Optional.of(ticket.asked().merchant().value())));
    }

    private boolean asTicketSays(LedgerEvent submitted) {
        Optional<PolicyRole> role =
                actor(submitted, "role").flatMap(Role::fromToken).flatMap(Role::policyRole);
        return role.equals(Optional.of(ticket.asked().role()))
                && text(submitted.body(), "collaborationId")
                        .equals(Optional.of(ticket.asked().collaboration().value()))
                && asked(submitted).containsAll(sources());
    }

    /** Dataset, version and purpose as entries spell them. */
    private record Asked(Optional<String> id, Optional<Json> version, Optional<String> purpose) {}

    private Set<Asked> sources() {
        var all = new HashSet<Asked>();
        ticket.sources()
                .forEach(source -> all.add(new Asked(
                        Optional.of(source.dataset()).map(DatasetId::value),
                        Optional.of(Json.of(source.version())),
                        Optional.of(source.purpose().name()))));
        return all;
    }

    /** One dataset stands in the entry's own fields, several in a list. */
    private static Set<Asked> asked(LedgerEvent submitted) {
        var all = new HashSet<Asked>();
        Json.Obj body = submitted.body();
        all.add(new Asked(text(body, "dataset"), body.member("version"), text(body, "purpose")));
        if (body.member("datasets").orElse(Json.array(List.of())) instanceof Json.Arr array) {
            for (Json item : array.items()) {
                if (item instanceof Json.Obj one) {
                    all.add(new Asked(text(one, "id"), one.member("version"), text(one, "purpose")));
                }
            }
        }
        return all;
    }

    private boolean approved(TicketApproval approval, LedgerEvent submitted) {
        PartyId owner = approval.party();
        Hash subject = new ApprovalSubject(question, ticket.asked().bundle()).hash();
        return !selfApproved(approval, submitted)
                && evidence(approval.event(), EventType.APPROVAL_GIVEN)
                        .filter(event -> event.tenant().equals(Optional.of(owner.value())))
                        .filter(event -> text(event.body(), "verdict").equals(Optional.of("APPROVED")))
                        .filter(event -> text(event.body(), "subjectHash").equals(Optional.of(subject.hex())))
                        .filter(event -> actor(event, "id")
                                .equals(Optional.of(approval.by().value())))
                        .filter(event -> actor(event, "department")
                                .equals(Optional.of(approval.department().value())))
                        // Nobody else of an owner's party may speak for its data.
                        .filter(event -> actor(event, "role").equals(Optional.of(Role.PLATFORM.token())))
                        .isPresent();
    }

    /**
     * Nobody approves their own request, whatever party they are of the second time; nor, within the party that asks, that of
     * their own department.
     */
    private boolean selfApproved(TicketApproval approval, LedgerEvent submitted) {
        boolean ownParty = approval.party().equals(ticket.asked().merchant());
        return actor(submitted, "id").equals(Optional.of(approval.by().value()))
                || (ownParty
                        && actor(submitted, "department")
                                .equals(Optional.of(approval.department().value())));
    }

    private Optional<LedgerEvent> proven(EventType type) {
        var found = ticket.evidence().stream()
                .map(TicketEvidence::event)
                .filter(event -> event.type().equals(Optional.of(type)))
                .toList();
        return found.size() == 1 ? evidence(found.getFirst().id(), type) : Optional.empty();
    }

    private Optional<LedgerEvent> evidence(EventId id, EventType type) {
        return ticket.evidence().stream()
                .filter(evidence -> evidence.event().id().equals(id))
                .filter(evidence -> evidence.event().type().equals(Optional.of(type)))
                .filter(evidence -> text(evidence.event().body(), "job")
                        .equals(Optional.of(ticket.asked().job().toString())))
                .filter(evidence -> evidence.holds(roster.ledger()))
                .map(TicketEvidence::event)
                .findFirst();
    }

    private static Set<String> rows(LedgerEvent charged) {
        var all = new HashSet<String>();
        if (charged.body().member("rows").orElse(Json.array(List.of())) instanceof Json.Arr array) {
            array.items().forEach(row -> all.add(row.canonical()));
        }
        return all;
    }

    private static Set<String> rows(List<BudgetRow> charges) {
        var all = new HashSet<String>();
        charges.forEach(row -> all.add(row.toJson().canonical()));
        return all;
    }

    private static Optional<String> actor(LedgerEvent event, String name) {
        return event.body()
                .member("actor")
                .flatMap(actor -> actor instanceof Json.Obj obj ? text(obj, name) : Optional.empty());
    }

    private static boolean has(LedgerEvent event, String name, Json value) {
        return event.body().member(name).equals(Optional.of(value));
    }

    private static Optional<String> text(Json.Obj object, String name) {
        return object.member(name)
                .flatMap(value -> value instanceof Json.Str string ? Optional.of(string.value()) : Optional.empty());
    }
}
