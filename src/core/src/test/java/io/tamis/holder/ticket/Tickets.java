package io.tamis.holder.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Charge;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import io.tamis.log.BudgetRow;
import io.tamis.log.EventType;
import io.tamis.log.JobQuestion;
import io.tamis.log.Salt;
import io.tamis.policy.Region;
import io.tamis.privacy.Loss;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** Tickets of the right form whose hashes are of nothing: for tests of forms. */
public final class Tickets {
    public static final Instant AT = Instant.parse("2026-11-24T05:00:00Z");
    public static final JobId JOB = JobId.parse("job_0190163d-8694-739b-aea5-966c26f8ad91");
    public static final TicketId ID = TicketId.parse("tk_0190163d-8694-739b-aea5-966c26f8ad92");

    private Tickets() {}

    public static Hash hash(String of) {
        return Hash.sha256(of.getBytes(UTF_8));
    }

    /** Two platforms, three blocks, two segments, two active holders of three. */
    public static DecryptionTicket ticket() {
        var bounds = new TicketBounds(100, 500, 2, 1);
        var ledger = new LedgerOfTickets(1);
        var approval = ledger.append(
                EventType.APPROVAL_GIVEN,
                AT,
                Json.object().put("job", JOB.toString()).build());
        return new DecryptionTicket(
                ID,
                new DecryptionTicket.Asked(
                        JOB,
                        new CollaborationId("col_1"),
                        new PartyId("brand-a"),
                        PolicyRole.MERCHANT,
                        Region.DOMESTIC,
                        Metric.SUM,
                        hash("bundle")),
                question(),
                3,
                hash("roster"),
                List.of(
                        new TicketSource(
                                new DatasetId("shop-users"),
                                2,
                                1,
                                Purpose.AUDIENCE_INSIGHT,
                                "friends",
                                List.of(hash("s0"), hash("s1"))),
                        new TicketSource(
                                new DatasetId("video-users"),
                                1,
                                1,
                                Purpose.AUDIENCE_INSIGHT,
                                "friends",
                                List.of(hash("v0")))),
                List.of(
                        new TicketSegment(Optional.of("T1"), List.of(hash("m0"), hash("m1")), hash("a0")),
                        new TicketSegment(Optional.of("T2"), List.of(hash("m2"), hash("m3")), hash("a1"))),
                bounds,
                TicketNoise.of(new Loss.Zcdp(new MicroRho(400)), bounds),
                List.of(new BudgetRow(
                        Optional.of(new DatasetId("shop-users")),
                        Optional.of(new PartyId("brand-a")),
                        Optional.of(YearMonth.of(2026, 11)),
                        Charge.ofRho(new MicroRho(1200)))),
                List.of(new PartyId("holder-1"), new PartyId("holder-3")),
                40,
                List.of(new TicketApproval(
                        new PartyId("shop"), new PersonId("u-1"), new DepartmentId("trade-platform"), approval)),
                List.of(ledger.evidence(approval)),
                new DecryptionTicket.Validity(AT, AT.plusSeconds(3600)));
    }

    private static JobQuestion question() {
        return new JobQuestion(
                JOB,
                new PartyId("brand-a"),
                Role.MERCHANT,
                "DOMESTIC",
                Json.object().put("reason", "a question of nothing").build(),
                Salt.of(hash("salt").bytes()));
    }

    public static EventId event(int number) {
        return EventId.parse("0190163d-8694-739b-aea5-%012d".formatted(number));
    }
}
