package io.tamis.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.audit.AuditReport.Verdict;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.EventType;
import io.tamis.log.Witnesses;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What key holders were asked to open, and opened: as it should be, and as a server with some of them would have it. */
class TicketAuditTest {
    private static final long RHO = 1000;

    @TempDir
    private static Path folders;

    private static int folder;

    private final LogBook log = new LogBook();

    @Test
    void ticket_ofItsCharge_withTheSharesItAsksFor_isValid() {
        paid(1);
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge(), "h1", "h2"));
        share("h1", used("tk_1", 1, 1));
        share("h2", used("tk_1", 1, 2));
        AuditReport report = verify();
        assertEquals(List.of(), report.findings());
        assertEquals(Verdict.VALID, report.verdict());
    }

    /** One charge, an honest holder in each of two active sets: the average of both openings has less noise than was paid. */
    @Test
    void secondTicket_forOneCharge_isFound() {
        paid(1);
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge(), "h1", "h3"));
        log.add(EventType.TICKET_ISSUED, issued("tk_2", 1, charge(), "h2", "h3"));
        found(Finding.Kind.TICKET_REPEATED);
    }

    /** The first was audited, and is in the auditor's state only. */
    @Test
    void secondTicket_afterASavedState_isFound() {
        paid(1);
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge(), "h1", "h3"));
        Optional<Path> state = Optional.of(folders.resolve("state"));
        assertEquals(Verdict.VALID, verify(state).verdict());
        log.add(EventType.TICKET_ISSUED, issued("tk_2", 1, charge(), "h2", "h3"));
        AuditReport report = verify(state);
        assertEquals(Verdict.INVALID, report.verdict());
        assertTrue(report.evidence().from() > 0);
        assertEquals(
                List.of(Finding.Kind.TICKET_REPEATED),
                report.findings().stream().map(Finding::kind).toList());
    }

    @Test
    void secondTicket_ofAnotherJobForTheSameCharge_isFound() {
        paid(1);
        String charge = charge();
        paid(2);
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge, "h1", "h3"));
        log.add(EventType.TICKET_ISSUED, issued("tk_2", 2, charge, "h2", "h3"));
        found(Finding.Kind.TICKET_REPEATED);
        found(Finding.Kind.TICKET_UNPAID);
    }

    @Test
    void secondTicket_forOneJobUnderAnInventedCharge_isFound() {
        paid(1);
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge(), "h1", "h3"));
        log.add(EventType.TICKET_ISSUED, issued("tk_2", 1, "0190163d-8694-739b-aea5-966c26f8ad9f", "h2", "h3"));
        found(Finding.Kind.TICKET_REPEATED);
    }

    @Test
    void ticket_underOneNameTwice_isFound() {
        paid(1);
        String charge = charge();
        paid(2);
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge, "h1", "h3"));
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 2, charge(), "h1", "h3"));
        found(Finding.Kind.TICKET_REPEATED);
    }

    @Test
    void ticket_ofAJobThatWasNotCharged_isFound() {
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, "0190163d-8694-739b-aea5-966c26f8ad9f", "h1"));
        found(Finding.Kind.TICKET_UNPAID);
    }

    @Test
    void share_ofATicketNobodyWroteDown_isFound() {
        share("h1", used("tk_1", 1, 1));
        found(Finding.Kind.SHARE_UNMATCHED);
    }

    @Test
    void share_ofAHolderThatWasNotAsked_isFound() {
        paid(1);
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge(), "h1", "h2"));
        share("h3", used("tk_1", 1, 1));
        found(Finding.Kind.SHARE_UNMATCHED);
    }

    @Test
    void secondShare_ofOneHolder_isFound() {
        paid(1);
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge(), "h1", "h2"));
        share("h1", used("tk_1", 1, 1));
        share("h1", used("tk_1", 1, 2));
        found(Finding.Kind.SHARE_UNMATCHED);
    }

    @Test
    void share_ofAnotherJobOrKeyThanItsTicket_isFound() {
        paid(1);
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge(), "h1", "h2"));
        share("h1", used("tk_1", 2, 1));
        share("h2", used("tk_1", 1, 1).with("keyEpoch", Json.of(4)));
        assertEquals(2, found(Finding.Kind.SHARE_UNMATCHED));
    }

    @Test
    void ticket_thatNamesAHolderTwiceOrNobody_isMalformed() {
        paid(1);
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge(), "h1", "h1"));
        log.add(EventType.TICKET_ISSUED, issued("tk_1", 1, charge()));
        assertEquals(2, found(Finding.Kind.ENTRY_MALFORMED));
    }

    private void paid(int job) {
        log.paidJob(job, RHO);
    }

    /** The newest charge. */
    private String charge() {
        for (int at = log.size() - 1; at >= 0; at--) {
            Json.Obj event = log.event(at);
            if (event.member("type").orElseThrow().equals(Json.of("budget.charged"))) {
                return ((Json.Str) event.member("id").orElseThrow()).value();
            }
        }
        throw new AssertionError("nothing was charged");
    }

    private static Json.Obj issued(String ticket, int job, String charge, String... holders) {
        return Json.object()
                .put("job", LogBook.job(job).toString())
                .put("ticket", ticket)
                .put("charge", charge)
                .put("keyEpoch", 3)
                .put("openings", 1)
                .put("aggregates", Hash.sha256(new byte[] {5}).hex())
                .put("holders", Json.strings(List.of(holders)))
                .build();
    }

    private static Json.Obj used(String ticket, int job, int share) {
        return Json.object()
                .put("job", LogBook.job(job).toString())
                .put("ticket", ticket)
                .put("keyEpoch", 3)
                .put("share", Hash.sha256(new byte[] {(byte) share}).hex())
                .build();
    }

    private void share(String holder, Json.Obj members) {
        log.add(EventType.KEY_SHARE_USED, members);
        log.set(log.size() - 1, "tenant", Json.of(holder));
    }

    private long found(Finding.Kind kind) {
        AuditReport report = verify();
        assertEquals(Verdict.INVALID, report.verdict());
        long found = report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .count();
        assertTrue(found > 0, () -> report.findings().toString());
        return found;
    }

    private AuditReport verify() {
        return verify(Optional.empty());
    }

    private AuditReport verify(Optional<Path> state) {
        Path export = folders.resolve("export-" + folder++);
        export.toFile().mkdirs();
        log.write(export);
        return AuditVerification.verify(
                new AuditRequest(List.of(export), List.of(LogBook.KEY), Witnesses.none(), Optional.empty(), state, 0),
                entries -> {});
    }
}
