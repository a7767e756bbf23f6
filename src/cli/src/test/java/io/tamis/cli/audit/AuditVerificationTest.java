package io.tamis.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.cli.audit.AuditReport.Verdict;
import io.tamis.cli.audit.Finding.Kind;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.Purpose;
import io.tamis.log.EventType;
import io.tamis.policy.Action;
import io.tamis.policy.Context;
import io.tamis.policy.load.LoadResult;
import io.tamis.policy.load.PolicyLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class AuditVerificationTest {
    private static final int DECISION = 1;
    private static final int RESERVED = 2;
    private static final int SCANNING = 3;
    private static final int CHARGED = 4;
    private static final int PUBLISHED = 5;
    private static final int DELIVERED = 6;

    @TempDir
    private static Path folders;

    private static int folder;

    private static AuditReport verify(LogBook log) {
        Path export = folders.resolve("export-" + folder++);
        export.toFile().mkdirs();
        log.write(export);
        return AuditVerification.verify(export, LogBook.KEY, 0, entries -> {});
    }

    private static void assertValid(LogBook log) {
        AuditReport report = verify(log);
        assertEquals(List.of(), report.findings());
        assertEquals(Verdict.VALID, report.verdict());
    }

    @Test
    void log_ofAnHonestService_isValid() {
        AuditReport report = verify(LogBook.honest());
        assertEquals(List.of(), report.findings());
        assertEquals(Verdict.VALID, report.verdict());
        assertEquals(7, report.counts().entries());
        assertEquals(1, report.counts().decisions());
        assertEquals(4, report.counts().columns());
        assertEquals(1, report.counts().charges());
        assertEquals(1, report.counts().releases());
        assertEquals(1, report.counts().deliveries());
        assertEquals(4, report.counts().spent().size());
        assertTrue(report.counts().spent().stream()
                .allMatch(row -> row.row().amount().rho().value() == 1000));
    }

    @Test
    void log_withoutEntries_isValid() {
        assertValid(new LogBook());
    }

    @Test
    void log_ofManyJobsUpToTheCap_isValid() {
        var log = new LogBook();
        for (int job = 1; job <= 24; job++) {
            log.paidJob(job, 1000);
        }
        assertValid(log.paidJob(25, 355));
    }

    @Test
    void log_ofOneShotsUpToTheCap_isValid() {
        AuditReport report = verify(new LogBook().paidOneShot(1, 600_000).paidOneShot(2, 400_000));
        assertEquals(List.of(), report.findings());
        assertTrue(report.counts().spent().stream()
                .allMatch(row -> row.row().amount().pureEpsilon().value() == 1_000_000));
    }

    @Test
    void log_ofOneShotsBeyondTheCap_isFound() {
        AuditReport report = verify(new LogBook().paidOneShot(1, 600_000).paidOneShot(2, 400_001));
        assertEquals(Verdict.INVALID, report.verdict());
        assertTrue(report.findings().stream().allMatch(finding -> finding.kind() == Kind.BUDGET_OVER_CAP));
    }

    /** A merchant's month is spent in one mechanism; what all merchants or all months have in whatever was chosen. */
    @Test
    void log_ofBothMechanismsInOneMonthOfAMerchant_isFound() {
        assertValid(new LogBook().paidJob(1, 1_000).tenant("brand-b").paidOneShot(2, 1_000));
        AuditReport mixed = verify(new LogBook().paidJob(1, 1_000).paidOneShot(2, 1_000));
        assertEquals(Verdict.INVALID, mixed.verdict());
        assertEquals(
                List.of(new Finding(
                        "entry 10", Kind.BUDGET_MODE_MIXED, "spends (cdnow, brand-a, 2026-11) by two mechanisms")),
                mixed.findings());
    }

    @Test
    void oneShot_reservingLessThanItWasAskedFor_isFound() {
        var log = new LogBook()
                .paidOneShot(1, 1_000)
                .edit(
                        DECISION,
                        event -> event.with(
                                "columns",
                                Json.array(LogBook.oneShotColumns(1_001).stream()
                                        .map(column -> column.toJson())
                                        .toList())));
        assertTrue(verify(log).findings().stream()
                .anyMatch(finding -> finding.kind() == Kind.BUDGET_ROWS_WRONG
                        && finding.where().equals("entry 2")));
    }

    @Test
    void log_ofTwoMerchants_isAddedApartAndTogether() {
        AuditReport report =
                verify(new LogBook().paidJob(1, 24_355).tenant("brand-b").paidJob(2, 24_355));
        assertEquals(Verdict.VALID, report.verdict(), () -> report.findings().toString());
        assertEquals(
                List.of(48_710L, 48_710L, 24_355L, 24_355L, 24_355L, 24_355L),
                report.counts().spent().stream()
                        .map(row -> row.row().amount().rho().value())
                        .sorted((a, b) -> Long.compare(b, a))
                        .toList());
    }

    @Test
    void log_ofARefusedJob_isValid() {
        var columns = List.of(
                LogBook.decide(
                        "customer_id",
                        LogBook.about("customer_id", Purpose.CLV_MODELLING)
                                .context(Context.SANDBOX_OUTPUT)
                                .action(Action.EXPORT)),
                LogBook.decide(
                        "amount_usd",
                        LogBook.about("amount_usd", Purpose.CLV_MODELLING)
                                .context(Context.SANDBOX_INPUT)
                                .action(Action.COMPUTE)));
        assertValid(new LogBook()
                .plain(EventType.JOB_SUBMITTED, 1)
                .decision(1, false, columns)
                .plain(EventType.REQUEST_REFUSED, 1));
    }

    @Test
    void log_ofACancelledJob_isValidAndSpendsNothing() {
        AuditReport report = verify(new LogBook()
                .decided(1, 24_355)
                .budget(EventType.BUDGET_RESERVED, 1, 24_355)
                .budget(EventType.BUDGET_RETURNED, 1, 24_355)
                .paidJob(2, 24_355));
        assertEquals(Verdict.VALID, report.verdict(), () -> report.findings().toString());
    }

    @Test
    void log_ofAFailedJob_isValidAndSpends() {
        assertValid(new LogBook()
                .decided(1, 500)
                .budget(EventType.BUDGET_RESERVED, 1, 500)
                .budget(EventType.BUDGET_SCANNING, 1, 500)
                .budget(EventType.BUDGET_CHARGED, 1, 500)
                .plain(EventType.JOB_FINISHED, 1));
    }

    @Test
    void log_ofAnAnswerGivenAgain_isValidWithoutACharge() {
        var log = LogBook.honest();
        assertValid(log.decided(2, 1000).repeated(2, log.idOf(PUBLISHED)).delivered(2));
    }

    @Test
    void log_thatEndsInTheMidstOfAJob_isValid() {
        for (int length = 1; length < 7; length++) {
            var log = LogBook.honest();
            while (log.size() > length) {
                log.drop(log.size() - 1);
            }
            assertValid(log);
        }
    }

    @Test
    void decision_splitIntoParts_isValidWhenAllAreThere() {
        assertValid(split(2));
        AuditReport report = verify(split(1));
        assertEquals(Kind.DECISION_PART_MISSING, report.findings().getFirst().kind());
        assertEquals(Verdict.INVALID, report.verdict());
    }

    private static LogBook split(int parts) {
        var columns = LogBook.columns(Purpose.CLV_MODELLING, 1000);
        var log = new LogBook();
        for (int part = 1; part <= parts; part++) {
            log.decision(1, true, columns.subList(2 * part - 2, 2 * part))
                    .set(part - 1, "part", Json.of(part))
                    .set(part - 1, "parts", Json.of(2));
        }
        return log;
    }

    @Test
    void decision_shortlyAfterMidnight_mayHaveBeenTakenBefore() {
        // The assessment of cdnow ends on 2027-11-30.
        assertValid(new LogBook().at("2027-12-01T00:10:00.000Z").decided(1, 1000));
        AuditReport report = verify(new LogBook().at("2027-12-01T01:10:00.000Z").decided(1, 1000));
        assertEquals(Kind.DECISION_FACT_DIFFERS, report.findings().getFirst().kind());
    }

    @Test
    void decision_underABundleNotActivated_isFoundOnceTheLogNamesActivations() {
        assertValid(activated(LogBook.BUNDLE.contentHash()));
        AuditReport report = verify(activated(Hash.parse("7".repeat(64))));
        assertEquals(
                List.of(Kind.BUNDLE_NOT_IN_FORCE),
                report.findings().stream().map(Finding::kind).toList());
    }

    private static LogBook activated(Hash bundle) {
        return new LogBook()
                .add(
                        EventType.POLICY_ACTIVATED,
                        Json.object().put("bundleHash", bundle.hex()).build())
                .paidJob(1, 100);
    }

    @Test
    void cap_ofTheBundleOrLower_isValid() {
        var rows = List.of(
                LogBook.row("brand-a", "2026-11", 24_355),
                LogBook.row("brand-a", "LIFETIME", 1),
                LogBook.row("*", "2026-11", 88_152),
                LogBook.row("*", "LIFETIME", 0));
        assertValid(LogBook.honest()
                .add(
                        EventType.BUDGET_CAP_SET,
                        Json.object().put("rows", Json.array(rows)).build()));
    }

    @Test
    void entry_ofUnknownType_isCountedOnly() {
        AuditReport report = verify(
                LogBook.honest().add("moon.phased", Json.object().put("job", 7).build()));
        assertEquals(Verdict.VALID, report.verdict());
        assertEquals(1, report.counts().unknown());
    }

    private record Lie(String name, Kind kind, String where, Consumer<LogBook> told) {}

    private static final List<Lie> LIES = List.of(
            new Lie(
                    "permit instead of pseudonym",
                    Kind.DECISION_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(DECISION, 0, "treatment", Json.of("RAW"))),
            new Lie(
                    "another rule",
                    Kind.DECISION_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(DECISION, 1, "ruleIds", Json.strings(List.of("AC-M-04")))),
            new Lie(
                    "another transform",
                    Kind.DECISION_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(DECISION, 3, "transform", Json.of("DROP"))),
            new Lie(
                    "laxer requirements",
                    Kind.DECISION_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(
                            DECISION,
                            3,
                            "required",
                            Json.object().put("consent", "NONE").build())),
            new Lie(
                    "cohort below the rule",
                    Kind.DECISION_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(
                            DECISION,
                            3,
                            "actual",
                            Json.object()
                                    .put("cohort", 49)
                                    .put("rhoMicro", 1000)
                                    .build())),
            new Lie(
                    "region abroad",
                    Kind.DECISION_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(DECISION, 1, "region", Json.of("ABROAD"))),
            new Lie(
                    "a lower level",
                    Kind.DECISION_FACT_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(DECISION, 1, "level", Json.of("L2"))),
            new Lie(
                    "a stronger consent",
                    Kind.DECISION_FACT_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(DECISION, 1, "consent", Json.of("GUARDIAN"))),
            new Lie(
                    "another semantic",
                    Kind.DECISION_FACT_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(DECISION, 1, "semantic", Json.of("QUANTITY"))),
            new Lie(
                    "no flags",
                    Kind.DECISION_FACT_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(DECISION, 1, "flags", Json.strings(List.of()))),
            new Lie(
                    "another column",
                    Kind.DECISION_FACT_DIFFERS,
                    "entry 1",
                    log -> log.setColumn(DECISION, 1, "name", Json.of("amount"))),
            new Lie(
                    "another dataset",
                    Kind.DECISION_FACT_DIFFERS,
                    "entry 1",
                    log -> log.set(DECISION, "dataset", Json.of("sales"))),
            new Lie(
                    "another purpose",
                    Kind.DECISION_FACT_DIFFERS,
                    "entry 1",
                    log -> log.set(DECISION, "purpose", Json.of("AUDIENCE_INSIGHT"))),
            new Lie(
                    "an assessment that is over",
                    Kind.DECISION_FACT_DIFFERS,
                    "entry 1",
                    log -> log.set(DECISION, "at", Json.of("2027-12-02T05:00:00.000Z"))),
            new Lie(
                    "another caller",
                    Kind.DECISION_FACT_DIFFERS,
                    "entry 1",
                    log -> log.set(
                            DECISION,
                            "actor",
                            Json.object()
                                    .put("id", "u-1")
                                    .put("role", "platform")
                                    .build())),
            new Lie(
                    "a caller without data right",
                    Kind.DECISION_FACT_DIFFERS,
                    "entry 1",
                    log -> log.set(
                            DECISION,
                            "actor",
                            Json.object()
                                    .put("id", "u-1")
                                    .put("role", "operator")
                                    .build())),
            new Lie(
                    "permit over a refused column",
                    Kind.DECISION_DIFFERS,
                    "entry 1",
                    log -> log.edit(
                            DECISION,
                            event -> event.with(
                                    "columns",
                                    Json.array(LogBook.columns(Purpose.ATTRIBUTION, 1000).stream()
                                            .map(column -> column.toJson())
                                            .toList())))),
            new Lie(
                    "a bundle that is not there",
                    Kind.BUNDLE_MISSING,
                    "entry 1",
                    log -> log.set(DECISION, "bundleHash", Json.of("0".repeat(64)))),
            new Lie(
                    "no columns",
                    Kind.ENTRY_MALFORMED,
                    "entry 1",
                    log -> log.edit(DECISION, event -> event.without("columns"))),
            new Lie(
                    "a column with a value",
                    Kind.ENTRY_MALFORMED,
                    "entry 1",
                    log -> log.setColumn(DECISION, 1, "value", Json.of("x"))),
            new Lie(
                    "neither permit nor deny",
                    Kind.ENTRY_MALFORMED,
                    "entry 1",
                    log -> log.set(DECISION, "decision", Json.of("MAYBE"))),
            new Lie("no decision at all", Kind.PERMIT_MISSING, "entry 1", log -> log.drop(DECISION)),
            new Lie(
                    "refused as a whole and released",
                    Kind.PERMIT_MISSING,
                    "entry 2",
                    log -> log.set(DECISION, "decision", Json.of("DENY"))),
            new Lie("no reservation", Kind.BUDGET_MOVE_ILLEGAL, "entry 2", log -> log.drop(RESERVED)),
            new Lie("no scan before the charge", Kind.BUDGET_MOVE_ILLEGAL, "entry 3", log -> log.drop(SCANNING)),
            new Lie("no charge before the release", Kind.RELEASE_UNPAID, "entry 4", log -> log.drop(CHARGED)),
            new Lie(
                    "reserved twice",
                    Kind.BUDGET_MOVE_ILLEGAL,
                    "entry 7",
                    log -> log.budget(EventType.BUDGET_RESERVED, 1, 1000)),
            new Lie(
                    "charged twice",
                    Kind.BUDGET_MOVE_ILLEGAL,
                    "entry 7",
                    log -> log.budget(EventType.BUDGET_CHARGED, 1, 1000)),
            new Lie(
                    "returned after the charge",
                    Kind.BUDGET_MOVE_ILLEGAL,
                    "entry 7",
                    log -> log.budget(EventType.BUDGET_RETURNED, 1, 1000)),
            new Lie(
                    "scanned twice",
                    Kind.BUDGET_MOVE_ILLEGAL,
                    "entry 7",
                    log -> log.budget(EventType.BUDGET_SCANNING, 1, 1000)),
            new Lie(
                    "charged less than reserved",
                    Kind.BUDGET_ROWS_WRONG,
                    "entry 4",
                    log -> log.set(CHARGED, "rows", Json.array(new LogBook().fourRows(999)))),
            new Lie(
                    "charged on fewer rows",
                    Kind.BUDGET_ROWS_WRONG,
                    "entry 4",
                    log -> log.set(
                            CHARGED,
                            "rows",
                            Json.array(new LogBook().fourRows(1000).subList(0, 3)))),
            new Lie(
                    "reserved on the merchant's rows only",
                    Kind.BUDGET_ROWS_WRONG,
                    "entry 2",
                    log -> log.set(
                            RESERVED,
                            "rows",
                            Json.array(new LogBook().fourRows(1000).subList(2, 4)))),
            new Lie(
                    "reserved for another merchant",
                    Kind.BUDGET_ROWS_WRONG,
                    "entry 2",
                    log -> log.set(RESERVED, "tenant", Json.of("brand-b"))),
            new Lie(
                    "reserved in another month",
                    Kind.BUDGET_ROWS_WRONG,
                    "entry 2",
                    log -> log.set(RESERVED, "at", Json.of("2026-12-24T05:00:00.000Z"))),
            new Lie(
                    "asked for more than reserved",
                    Kind.BUDGET_ROWS_WRONG,
                    "entry 2",
                    log -> log.edit(
                            DECISION,
                            event -> event.with(
                                    "columns",
                                    Json.array(LogBook.columns(Purpose.CLV_MODELLING, 1001).stream()
                                            .map(column -> column.toJson())
                                            .toList())))),
            new Lie(
                    "negative budget",
                    Kind.ENTRY_MALFORMED,
                    "entry 2",
                    log -> log.set(RESERVED, "rows", Json.array(List.of(LogBook.row("*", "LIFETIME", -1))))),
            new Lie("no release", Kind.DELIVERY_UNMATCHED, "entry 5", log -> log.drop(PUBLISHED)),
            new Lie(
                    "another result delivered",
                    Kind.DELIVERY_UNMATCHED,
                    "entry 6",
                    log -> log.set(DELIVERED, "resultHash", Json.of("0".repeat(64)))),
            new Lie(
                    "delivered of another entry",
                    Kind.DELIVERY_UNMATCHED,
                    "entry 6",
                    log -> log.set(DELIVERED, "of", Json.of(log.idOf(0).toString()))),
            new Lie(
                    "another job delivered",
                    Kind.DELIVERY_UNMATCHED,
                    "entry 6",
                    log -> log.set(DELIVERED, "job", Json.of(LogBook.job(9).toString()))),
            new Lie("released twice", Kind.RELEASE_REPEATED, "entry 7", log -> log.published(1)),
            new Lie(
                    "released without a job",
                    Kind.ENTRY_MALFORMED,
                    "entry 5",
                    log -> log.edit(PUBLISHED, event -> event.without("job"))),
            new Lie(
                    "answered again without a charge",
                    Kind.RELEASE_UNPAID,
                    "entry 8",
                    log -> log.decided(2, 1000).published(2)),
            new Lie(
                    "answered again from nowhere",
                    Kind.RELEASE_UNPAID,
                    "entry 8",
                    log -> log.decided(2, 1000).repeated(2, log.idOf(0))),
            new Lie(
                    "a rival's answer given",
                    Kind.RELEASE_UNPAID,
                    "entry 8",
                    log -> log.tenant("brand-b").decided(2, 1000).repeated(2, log.idOf(PUBLISHED))),
            new Lie(
                    "a bundle under another name",
                    Kind.BUNDLE_INVALID,
                    "bundles/" + "1".repeat(64),
                    log -> log.bundle(Hash.parse("1".repeat(64)), LogBook.BUNDLE.files())),
            new Lie(
                    "a bundle that is none",
                    Kind.BUNDLE_INVALID,
                    "bundles/" + "2".repeat(64),
                    log -> log.bundle(
                            Hash.parse("2".repeat(64)), new TreeMap<>(Map.of("bundle.yaml", new byte[] {'x'})))),
            new Lie(
                    "a laxer bundle under the old name",
                    Kind.BUNDLE_INVALID,
                    "bundles/" + LogBook.BUNDLE.contentHash(),
                    log -> {
                        var files = new TreeMap<>(LogBook.BUNDLE.files());
                        files.put(
                                "budgets.yaml",
                                new String(files.get("budgets.yaml"), StandardCharsets.UTF_8)
                                        .replace("rhoMicro: 24355", "rhoMicro: 24356")
                                        .getBytes(StandardCharsets.UTF_8));
                        log.bundle(LogBook.BUNDLE.contentHash(), files);
                    }));

    @TestFactory
    Stream<DynamicTest> lie_inASignedLog_isFoundAtItsPlace() {
        return LIES.stream()
                .map(lie -> DynamicTest.dynamicTest(lie.name, () -> {
                    var log = LogBook.honest();
                    lie.told.accept(log);
                    AuditReport report = verify(log);
                    assertEquals(Verdict.INVALID, report.verdict());
                    assertTrue(
                            report.findings().stream()
                                    .anyMatch(found -> found.kind() == lie.kind
                                            && found.where().equals(lie.where)),
                            () -> report.findings().toString());
                }));
    }

    @Test
    void budget_oneMicroRhoOverTheCap_isFoundWhereItIsSpent() {
        var log = new LogBook().paidJob(1, 20_000).paidJob(2, 4_356);
        AuditReport report = verify(log);
        assertEquals(Verdict.INVALID, report.verdict());
        Finding found = report.findings().getFirst();
        assertEquals(Kind.BUDGET_OVER_CAP, found.kind());
        assertEquals("entry 10", found.where());
        assertTrue(found.detail().contains("(cdnow, brand-a, "), found::detail);
    }

    @Test
    void budget_ofManyMerchants_overEverybodysCap_isFound() {
        var log = new LogBook();
        for (int merchant = 1; merchant <= 4; merchant++) {
            log.tenant("brand-" + merchant).paidJob(merchant, 22_100);
        }
        AuditReport report = verify(log);
        assertTrue(
                report.findings().stream()
                        .anyMatch(found -> found.kind() == Kind.BUDGET_OVER_CAP
                                && found.detail().contains("(cdnow, *, ")),
                () -> report.findings().toString());
    }

    @Test
    void budget_reservedOverTheCap_isFoundAtItsReservation() {
        var log = new LogBook().paidJob(1, 24_000).decided(2, 400).budget(EventType.BUDGET_RESERVED, 2, 400);
        AuditReport report = verify(log);
        assertEquals(Kind.BUDGET_OVER_CAP, report.findings().getFirst().kind());
        assertEquals("entry 8", report.findings().getFirst().where());
    }

    @Test
    void budget_returnedAndReservedAnew_isNotCountedTwice() {
        var log = new LogBook();
        for (int job = 1; job <= 5; job++) {
            log.decided(job, 20_000)
                    .budget(EventType.BUDGET_RESERVED, job, 20_000)
                    .budget(EventType.BUDGET_RETURNED, job, 20_000);
        }
        assertValid(log.paidJob(6, 24_355));
    }

    @Test
    void budget_inTheNextMonth_isCappedByLifetime() {
        var log =
                new LogBook().paidJob(1, 24_000).at("2026-12-01T05:00:00.000Z").decided(2, 400);
        var december = List.of(
                LogBook.row("*", "LIFETIME", 400),
                LogBook.row("*", "2026-12", 400),
                LogBook.row("brand-a", "LIFETIME", 400),
                LogBook.row("brand-a", "2026-12", 400));
        log.budget(EventType.BUDGET_RESERVED, 2, december).budget(EventType.BUDGET_SCANNING, 2, december);
        AuditReport report = verify(log);
        assertEquals(1, report.findings().size(), () -> report.findings().toString());
        assertTrue(report.findings().getFirst().detail().contains("(cdnow, brand-a, LIFETIME)"));
    }

    @Test
    void log_withoutItsBundle_isInvalid() {
        AuditReport report = verify(LogBook.honest().withoutBundles());
        assertEquals(Verdict.INVALID, report.verdict());
        assertEquals(Kind.BUNDLE_MISSING, report.findings().getFirst().kind());
    }

    @Test
    void log_withAnEntryErasedAsItSays_isIncomplete() {
        for (int index = 0; index < 7; index++) {
            AuditReport report = verify(LogBook.honest().erase(index).keyDestroyed());
            assertEquals(
                    Verdict.INCOMPLETE,
                    report.verdict(),
                    () -> report.findings().toString());
            assertEquals(1, report.counts().erased());
        }
    }

    /** Whoever withholds an entry is not excused by saying so: neither that nor what is missing for it passes. */
    @Test
    void log_withAnEntryErasedWithoutRecord_isInvalidAndKeepsItsGaps() {
        var others = Json.strings(List.of(LogBook.job(1).value().toString()));
        for (LogBook log : List.of(
                LogBook.honest(),
                LogBook.honest().keyDestroyed(others),
                LogBook.honest().keyDestroyed(Json.of("all")),
                LogBook.honest().keyDestroyed(Json.array(List.of(Json.of(1)))),
                LogBook.honest().keyDestroyed().erase(7))) {
            AuditReport report = verify(log.erase(CHARGED));
            assertEquals(Verdict.INVALID, report.verdict());
            assertTrue(
                    report.findings().stream()
                            .anyMatch(found -> found.kind() == Kind.ERASED_WITHOUT_RECORD
                                    && found.where().equals("entry " + CHARGED)),
                    () -> report.findings().toString());
            assertTrue(
                    report.findings().stream()
                            .anyMatch(found -> found.kind() == Kind.RELEASE_UNPAID
                                    && !found.detail().contains("erased")),
                    () -> report.findings().toString());
        }
    }

    /** A hundred withheld entries do not hide what else is wrong. */
    @Test
    void findings_ofManyWithheldEntries_leaveRoomForOthers() {
        var log = new LogBook();
        for (int index = 0; index < 150; index++) {
            log.plain(EventType.JOB_SUBMITTED, index).erase(index);
        }
        AuditReport report = verify(log.published(1));
        assertEquals(
                List.of(Kind.ERASED_WITHOUT_RECORD, Kind.PERMIT_MISSING, Kind.RELEASE_UNPAID),
                report.findings().stream()
                        .map(Finding::kind)
                        .distinct()
                        .sorted()
                        .toList());
    }

    /** The threshold is enforced at what the dataset declares, so a decision asked at less was not the one taken. */
    @Test
    void decision_belowTheDatasetsThreshold_isFound() {
        var strict = new TreeMap<>(LogBook.BUNDLE.files());
        strict.compute(
                "datasets/cdnow.yaml",
                (path, content) -> new String(content, StandardCharsets.UTF_8)
                        .replace("minUsers: 50", "minUsers: 51")
                        .getBytes(StandardCharsets.UTF_8));
        var bundle = assertInstanceOf(LoadResult.Loaded.class, PolicyLoader.load(strict))
                .bundle();
        var log = LogBook.honest()
                .bundle(bundle.contentHash(), bundle.files())
                .set(DECISION, "bundleHash", Json.of(bundle.contentHash().hex()));
        AuditReport report = verify(log);
        assertEquals(
                List.of(
                        new Finding(
                                "entry 1",
                                Kind.DECISION_FACT_DIFFERS,
                                "the cohort of customer_id is not the declared one"),
                        new Finding(
                                "entry 1",
                                Kind.DECISION_FACT_DIFFERS,
                                "the cohort of amount_usd is not the declared one")),
                report.findings());
        var actual = Json.object().put("cohort", 51).put("rhoMicro", 1000).build();
        assertValid(log.setColumn(DECISION, 2, "actual", actual).setColumn(DECISION, 3, "actual", actual));
    }

    @Test
    void log_withAnErasedEntryAndALie_isInvalid() {
        assertEquals(
                Verdict.INVALID,
                verify(LogBook.honest().erase(0).keyDestroyed().setColumn(DECISION, 0, "treatment", Json.of("RAW")))
                        .verdict());
        assertEquals(
                Verdict.INVALID,
                verify(LogBook.honest().erase(0).keyDestroyed().budget(EventType.BUDGET_CHARGED, 1, 1000))
                        .verdict());
    }

    @Test
    void findings_ofALongLie_areLimited() {
        var log = new LogBook();
        for (int job = 1; job <= 150; job++) {
            log.published(job);
        }
        AuditReport report = verify(log);
        for (Kind kind : List.of(Kind.PERMIT_MISSING, Kind.RELEASE_UNPAID)) {
            assertEquals(
                    Findings.LIMIT,
                    report.findings().stream()
                            .filter(found -> found.kind() == kind)
                            .count());
        }
        assertEquals(Verdict.INVALID, report.verdict());
    }

    @Test
    void report_inJson_countsAndNames() {
        String json = verify(LogBook.honest().drop(CHARGED)).toJson().canonical();
        assertTrue(json.contains("\"verdict\":\"INVALID\""), json);
        assertTrue(json.contains("\"kind\":\"RELEASE_UNPAID\""), json);
        assertTrue(json.contains("\"where\":\"entry 4\""), json);
        assertTrue(json.contains("\"origin\":\"example.com/tamis/2026\""), json);
    }

    @Test
    void report_forPeople_endsWithTheVerdict() {
        List<String> lines = verify(LogBook.honest()).lines();
        assertEquals("VALID: everything holds", lines.getLast());
        assertEquals("policy     1 decisions on 4 columns decided again under 1 bundle(s)", lines.get(5));
        List<String> broken =
                new ArrayList<>(verify(LogBook.honest().drop(CHARGED)).lines());
        assertTrue(
                broken.stream().anyMatch(line -> line.startsWith("finding    entry 4: RELEASE_UNPAID")),
                broken::toString);
    }

    @Test
    void progress_hearsOfTheWholeLog() {
        Path export = folders.resolve("progress");
        export.toFile().mkdirs();
        LogBook.honest().write(export);
        var heard = new ArrayList<Long>();
        AuditVerification.verify(export, LogBook.KEY, 0, heard::add);
        assertEquals(List.of(7L), heard);
    }
}
