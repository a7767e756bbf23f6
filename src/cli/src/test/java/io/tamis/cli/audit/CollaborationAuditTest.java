package io.tamis.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.audit.AuditReport.Verdict;
import io.tamis.cli.audit.Finding.Kind;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.Level;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.log.EventType;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.DecidedColumn;
import io.tamis.policy.Question;
import io.tamis.policy.Region;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lying service could write of jobs over several datasets, and of a collaboration that is over. */
class CollaborationAuditTest {
    private static final String ID = "col_1";
    private static final List<String> FAMILIES = List.of("shop-users", "video-users");
    private static final int RHO = 1_000;

    @TempDir
    Path folders;

    private int written;

    @Test
    void jobOverTwoDatasets_isValid_andItsCollaborationsRowIsAddedUp() {
        AuditReport report = verify(joint(lines(RHO, 2L * RHO)));
        assertEquals(List.of(), report.findings());
        assertEquals(Verdict.VALID, report.verdict());
        assertEquals(9, report.counts().spent().size());
        assertTrue(report.toJson().canonical().contains("\"collaborationId\":\"col_1\""));
    }

    @Test
    void collaborationsRow_short_isFound() {
        found(Kind.BUDGET_ROWS_WRONG, joint(lines(RHO, RHO)));
    }

    @Test
    void collaborationsRow_missing_isFound() {
        var rows = lines(RHO, 2L * RHO);
        found(Kind.BUDGET_ROWS_WRONG, joint(rows.subList(1, rows.size())));
    }

    @Test
    void family_uncharged_isFound() {
        var rows = new ArrayList<>(lines(RHO, RHO));
        rows.removeIf(row -> row.member("dataset").equals(Optional.of(Json.of("video-users"))));
        found(Kind.BUDGET_ROWS_WRONG, joint(rows));
    }

    @Test
    void family_chargedOnThreeRows_isFound() {
        var rows = lines(RHO, 2L * RHO);
        found(Kind.BUDGET_ROWS_WRONG, joint(rows.subList(0, rows.size() - 1)));
    }

    @Test
    void family_chargedLess_isFound() {
        var rows = new ArrayList<>(lines(RHO, 2L * RHO));
        rows.replaceAll(row -> row.member("dataset").equals(Optional.of(Json.of("video-users")))
                ? row.with("rhoMicro", Json.of(RHO - 1))
                : row);
        found(Kind.BUDGET_ROWS_WRONG, joint(rows));
    }

    @Test
    void collaboration_beyondItsCap_isFound_thoughEachMerchantStaysWithinItsOwn() {
        var log = agreed();
        for (int job = 1; job <= 7; job++) {
            log.tenant("brand-" + job);
            joint(log, job, lines("brand-" + job, 24_000, 48_000));
        }
        AuditReport report = verify(log);
        assertTrue(
                report.findings().stream()
                        .anyMatch(finding -> finding.kind() == Kind.BUDGET_OVER_CAP
                                && finding.detail().contains("col_1")),
                () -> report.findings().toString());
    }

    @Test
    void release_namingFewerDatasets_isFound() {
        var log = joint(lines(RHO, 2L * RHO));
        found(
                Kind.RELEASE_SUBJECT_DIFFERS,
                log.set(log.size() - 1, "datasets", Json.array(List.of(subject("shop-users")))));
    }

    @Test
    void release_outsideTheCollaboration_isFound() {
        var log = joint(lines(RHO, 2L * RHO));
        found(Kind.RELEASE_SUBJECT_DIFFERS, log.set(log.size() - 1, "collaborationId", Json.of("col_2")));
    }

    @Test
    void release_afterTheKeyWasDestroyed_isFound() {
        var log = closed(agreed());
        joint(log, 1, lines(RHO, 2L * RHO));
        found(Kind.COLLABORATION_ENDED, log);
    }

    @Test
    void attachment_afterTheClosure_isFound() {
        var log = closed(agreed())
                .add(
                        EventType.CATALOG_CHANGED,
                        change("ATTACHED", "CLOSED")
                                .put("dataset", "shop-users")
                                .build());
        found(Kind.COLLABORATION_ENDED, log);
    }

    @Test
    void closure_thatKeepsTheKey_isFound() {
        var log = agreed().add(
                        EventType.CATALOG_CHANGED, change("CLOSED", "CLOSED").build())
                .plain(EventType.JOB_SUBMITTED, 1);
        found(Kind.COLLABORATION_KEY_KEPT, log);
    }

    @Test
    void closure_afterItsJobs_isValid() {
        var log = joint(agreed(), 1, lines(RHO, 2L * RHO));
        AuditReport report = verify(closed(log));
        assertEquals(List.of(), report.findings());
    }

    /** What all have signed, the merchants of these stories too. */
    static LogBook agreed() {
        return pact().agreed(new LogBook());
    }

    static LogPact pact() {
        var members = new ArrayList<>(List.of("shop", "video", "brand-a"));
        IntStream.rangeClosed(1, 7).forEach(brand -> members.add("brand-" + brand));
        return LogPact.of(ID, members);
    }

    private static LogBook closed(LogBook log) {
        return log.add(EventType.CATALOG_CHANGED, change("CLOSED", "CLOSED").build())
                .add(
                        EventType.KEY_DESTROYED,
                        Json.object()
                                .put("collaborationId", ID)
                                .put("keyIds", Json.strings(List.of(LogPact.KEY_ID)))
                                .build());
    }

    private static Json.Builder change(String change, String state) {
        return Json.object().put("collaborationId", ID).put("change", change).put("state", state);
    }

    private static LogBook joint(List<Json.Obj> rows) {
        return joint(agreed(), 1, rows);
    }

    /** Submitted, decided on each dataset, paid and released, inside the collaboration. */
    static LogBook joint(LogBook log, int job, List<Json.Obj> rows) {
        long price = rows.stream()
                .filter(row -> !row.member("dataset").equals(Optional.of(Json.of("*"))))
                .map(row -> (Json.Int) row.member("rhoMicro").orElseThrow())
                .mapToLong(Json.Int::value)
                .max()
                .orElseThrow();
        for (String family : FAMILIES) {
            log.add(
                    EventType.ACCESS_DECIDED,
                    about(job)
                            .put("dataset", family)
                            .put("version", 1)
                            .put("purpose", "AUDIENCE_INSIGHT")
                            .put("decision", "PERMIT")
                            .put("bundleHash", LogBook.BUNDLE.contentHash().hex())
                            .put(
                                    "columns",
                                    Json.array(columns(family, price).stream()
                                            .map(DecidedColumn::toJson)
                                            .toList()))
                            .build());
        }
        var moves = List.of(EventType.BUDGET_RESERVED, EventType.BUDGET_SCANNING, EventType.BUDGET_CHARGED);
        moves.forEach(
                move -> log.add(move, about(job).put("rows", Json.array(rows)).build()));
        return log.add(
                EventType.RELEASE_PUBLISHED,
                about(job)
                        .put(
                                "datasets",
                                Json.array(FAMILIES.stream()
                                        .map(CollaborationAuditTest::subject)
                                        .toList()))
                        .put("resultHash", LogBook.BUNDLE.contentHash().hex())
                        .build());
    }

    private static Json.Builder about(int job) {
        return Json.object().put("job", LogBook.job(job).toString()).put("collaborationId", ID);
    }

    private static Json.Obj subject(String family) {
        return Json.object()
                .put("id", family)
                .put("version", 1)
                .put("purpose", "AUDIENCE_INSIGHT")
                .build();
    }

    private static List<DecidedColumn> columns(String family, long rho) {
        return List.of(
                LogBook.decide(
                        "phone", about(family).context(Context.SANDBOX_INPUT).action(Action.MATCH)),
                LogBook.decide(
                        "phone",
                        about(family)
                                .context(Context.SANDBOX_OUTPUT)
                                .action(Action.AGGREGATE)
                                .level(Level.L3)
                                .cohort(50)
                                .rho(new MicroRho(rho))));
    }

    private static Question.Builder about(String family) {
        var dataset = LogBook.BUNDLE.datasets().get(new DatasetId(family));
        var unit = dataset.column(dataset.unit().orElseThrow().column()).orElseThrow();
        return Question.about(dataset, unit, Purpose.AUDIENCE_INSIGHT, LocalDate.of(2026, 11, 24))
                .role(PolicyRole.MERCHANT)
                .region(Region.DOMESTIC);
    }

    private static List<Json.Obj> lines(long each, long sum) {
        return lines("brand-a", each, sum);
    }

    static List<Json.Obj> lines(String merchant, long each, long sum) {
        var rows = new ArrayList<Json.Obj>();
        rows.add(LogBook.row("*", "LIFETIME", sum).with("dataset", Json.of("*")));
        for (String family : FAMILIES) {
            for (String who : List.of("*", merchant)) {
                for (String when : List.of("LIFETIME", "2026-11")) {
                    rows.add(LogBook.row(who, when, each).with("dataset", Json.of(family)));
                }
            }
        }
        return rows;
    }

    private void found(Kind kind, LogBook log) {
        AuditReport report = verify(log);
        assertEquals(Verdict.INVALID, report.verdict());
        assertTrue(
                report.findings().stream().anyMatch(finding -> finding.kind() == kind),
                () -> report.findings().toString());
    }

    private AuditReport verify(LogBook log) {
        Path export = folders.resolve("export-" + written++);
        assertTrue(export.toFile().mkdirs());
        log.write(export);
        return AuditVerification.verify(export, LogBook.KEY, 0, done -> {});
    }
}
