package io.tamis.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.audit.AuditReport.Verdict;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.Level;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.log.ApprovalSubject;
import io.tamis.log.EventType;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.DecidedColumn;
import io.tamis.policy.Question;
import io.tamis.policy.Region;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases of sums over encrypted tags, with their owners' approvals, without, and with forged ones. */
class ApprovalAuditTest {
    private static final long RHO = 1000;
    private static final Hash QUESTION = Hash.sha256(new byte[] {1});
    private static final Hash BUNDLE = LogBook.BUNDLE.contentHash();
    private static final Hash SUBJECT = new ApprovalSubject(QUESTION, BUNDLE).hash();

    @TempDir
    private static Path folders;

    private static int folder;

    @Test
    void release_approvedByItsOwner_isValid() {
        var log = submitted();
        approval(log, "shop", "u-owner", "APPROVED", SUBJECT);
        AuditReport report = verify(released(log));
        assertEquals(List.of(), report.findings());
        assertEquals(Verdict.VALID, report.verdict());
    }

    /** Charged before it is opened: an approved and sealed job that has not been released is no fault. */
    @Test
    void charge_withoutARelease_isValid() {
        var log = submitted();
        approval(log, "shop", "u-owner", "APPROVED", SUBJECT);
        assertEquals(Verdict.VALID, verify(charged(log)).verdict());
    }

    @Test
    void release_withoutAnApproval_isFound() {
        found(released(submitted()));
    }

    @Test
    void release_approvedByAnotherParty_isFound() {
        var log = submitted();
        approval(log, "video", "u-owner", "APPROVED", SUBJECT);
        found(released(log));
    }

    @Test
    void release_thatAnOwnerRejected_isFound() {
        var log = submitted();
        approval(log, "shop", "u-owner", "APPROVED", SUBJECT);
        approval(log, "shop", "u-second", "REJECTED", SUBJECT);
        found(released(log));
    }

    @Test
    void release_approvedByItsSubmitter_isFound() {
        var log = submitted();
        approval(log, "shop", "u-1", "APPROVED", SUBJECT);
        found(released(log));
    }

    @Test
    void approval_ofAnotherSubject_isFound() {
        var log = submitted();
        approval(log, "shop", "u-owner", "APPROVED", Hash.sha256(new byte[] {2}));
        found(released(log));
    }

    /** Owners were shown one question, and another came in: each entry is right by itself. */
    @Test
    void release_approvedAsAnotherQuestionThanWasAsked_isFound() {
        var log = asked(Hash.sha256(new byte[] {9}));
        decided(log, 0);
        approval(log, "shop", "u-owner", "APPROVED", SUBJECT);
        found(released(log));
    }

    @Test
    void release_ofAJobThatCameInTwice_asTwoQuestions_isFound() {
        var log = submitted();
        log.add(
                EventType.JOB_SUBMITTED,
                Json.object()
                        .put("job", LogBook.job(1).toString())
                        .put("questionHash", Hash.sha256(new byte[] {9}).hex())
                        .build());
        approval(log, "shop", "u-owner", "APPROVED", SUBJECT);
        found(released(log));
    }

    @Test
    void release_ofAJobWhoseQuestionNoEntryHas_isFound() {
        var log = new LogBook().plain(EventType.JOB_SUBMITTED, 1);
        decided(log, 0);
        approval(log, "shop", "u-owner", "APPROVED", SUBJECT);
        found(released(log));
    }

    @Test
    void decision_thatClaimsApprovalsNobodyGave_isFound() {
        var log = asked(QUESTION);
        decided(log, 2);
        approval(log, "shop", "u-owner", "APPROVED", SUBJECT);
        found(released(log));
    }

    /** A collaboration's signature is an approval too, and none of a job. */
    @Test
    void approval_withoutAJob_isNoneOfThese() {
        var log = submitted();
        log.add(EventType.APPROVAL_GIVEN, Json.object().put("state", "ACTIVE").build());
        found(released(log));
    }

    private static void found(LogBook log) {
        AuditReport report = verify(log);
        assertEquals(Verdict.INVALID, report.verdict());
        assertTrue(
                report.findings().stream().anyMatch(finding -> finding.kind() == Finding.Kind.APPROVAL_MISSING),
                () -> report.findings().toString());
    }

    private static AuditReport verify(LogBook log) {
        Path export = folders.resolve("export-" + folder++);
        export.toFile().mkdirs();
        log.write(export);
        return AuditVerification.verify(export, LogBook.KEY, 0, entries -> {});
    }

    private static LogBook asked(Hash question) {
        return new LogBook()
                .add(
                        EventType.JOB_SUBMITTED,
                        Json.object()
                                .put("job", LogBook.job(1).toString())
                                .put("questionHash", question.hex())
                                .build());
    }

    private static LogBook submitted() {
        var log = asked(QUESTION);
        decided(log, 0);
        return log;
    }

    private static void decided(LogBook log, int approvals) {
        var columns = List.of(
                decide(about().context(Context.SANDBOX_INPUT).action(Action.COMPUTE_ENCRYPTED), approvals),
                decide(
                        about().context(Context.SANDBOX_OUTPUT)
                                .action(Action.AGGREGATE)
                                .level(Level.L3)
                                .cohort(100)
                                .rho(new MicroRho(RHO)),
                        approvals));
        log.add(
                EventType.ACCESS_DECIDED,
                subject()
                        .put("decision", "PERMIT")
                        .put("bundleHash", BUNDLE.hex())
                        .put(
                                "columns",
                                Json.array(columns.stream()
                                        .map(DecidedColumn::toJson)
                                        .toList()))
                        .build());
    }

    private static Question.Builder about() {
        Dataset shop = LogBook.BUNDLE.datasets().get(new DatasetId("shop-users"));
        Column friends = shop.column(new ColumnName("friends")).orElseThrow();
        return Question.about(shop, friends, Purpose.AUDIENCE_INSIGHT, LocalDate.of(2026, 11, 24))
                .role(PolicyRole.MERCHANT)
                .region(Region.DOMESTIC);
    }

    private static DecidedColumn decide(Question.Builder question, int approvals) {
        return LogBook.decide("friends", question.approvals(approvals));
    }

    private static Json.Builder subject() {
        return Json.object()
                .put("job", LogBook.job(1).toString())
                .put("dataset", "shop-users")
                .put("purpose", "AUDIENCE_INSIGHT");
    }

    private static void approval(LogBook log, String party, String person, String verdict, Hash subject) {
        log.add(
                EventType.APPROVAL_GIVEN,
                Json.object()
                        .put("job", LogBook.job(1).toString())
                        .put("questionHash", QUESTION.hex())
                        .put("bundleHash", BUNDLE.hex())
                        .put("subjectHash", subject.hex())
                        .put("verdict", verdict)
                        .build());
        log.set(log.size() - 1, "tenant", Json.of(party));
        log.set(
                log.size() - 1,
                "actor",
                Json.object()
                        .put("id", person)
                        .put("role", "platform")
                        .put("department", "data")
                        .build());
    }

    private static LogBook charged(LogBook log) {
        var rows = log.fourRows(RHO).stream()
                .map(row -> row.with("dataset", Json.of("shop-users")))
                .toList();
        return log.budget(EventType.BUDGET_RESERVED, 1, rows)
                .budget(EventType.BUDGET_SCANNING, 1, rows)
                .budget(EventType.BUDGET_CHARGED, 1, rows);
    }

    private static LogBook released(LogBook log) {
        return charged(log)
                .add(
                        EventType.RELEASE_PUBLISHED,
                        subject().put("resultHash", LogBook.RESULT.hex()).build());
    }
}
