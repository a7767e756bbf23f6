package io.tamis.jobs;

import static io.tamis.jobs.SealedScene.approval;
import static io.tamis.jobs.SealedScene.approve;
import static io.tamis.jobs.SealedScene.judge;
import static io.tamis.jobs.SealedScene.subject;
import static io.tamis.jobs.SealedScene.token;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DepartmentId;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.log.ApprovalSubject;
import io.tamis.log.JobQuestion;
import io.tamis.log.Salt;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Owners' approvals: who is asked, who is told what, what a verdict does, and what a crash or a race between leaves. */
@TamisTest
class ApprovalsTest {
    private static final String A = token("seal-a", "u-a");
    private static final String B = token("seal-b", "u-b");
    private static final String OFFICER = TestTokens.of(Role.COMPLIANCE_OFFICER, "authority");
    private static final Hash OTHER = Hash.sha256(new byte[] {7});

    @Inject
    Jdbi jdbi;

    @Inject
    JobRows rows;

    @Inject
    ApprovalRows approvalRows;

    @Inject
    Approvals approvals;

    @Inject
    Journal journal;

    @Inject
    Planning planning;

    @Inject
    Reservations reservations;

    @Inject
    Settlement settlement;

    @Inject
    Questions questions;

    @Inject
    BudgetBook budget;

    @Inject
    Runner runner;

    @Inject
    Recovery recovery;

    @Inject
    InstantSource clock;

    @Inject
    SealedTestJob type;

    @Inject
    SealedJobs sealed;

    @BeforeAll
    static void load() {
        SealedScene.load("seal-a");
        SealedScene.load("seal-b");
    }

    @Test
    void job_overEncryptedTags_waitsForEveryOwner_andHoldsNoBudget() {
        JobId job = scene().submitted("ap-both", "ap-both", "seal-a", "seal-b");
        // Every step shows on its tick.
        SealedScene.await(() -> SealedScene.show("ap-both", job).path("state").equals("AWAITING_APPROVAL"));
        SealedScene.show("ap-both", job)
                .then()
                .body("state", equalTo("AWAITING_APPROVAL"))
                .body("approvals.needed", equalTo(2))
                .body("approvals.given", equalTo(0))
                .body("deadline", notNullValue());
        assertEquals(List.of(), scene().charges(job));
        judge(A, job, "APPROVED", subject(A, job))
                .then()
                .statusCode(201)
                .body("awaiting", equalTo(true))
                .body("given", equalTo(1));
        assertEquals("AWAITING_APPROVAL", scene().stored(job));
        judge(B, job, "APPROVED", subject(B, job)).then().statusCode(201).body("awaiting", equalTo(false));
        SealedScene.await(() -> "AWAITING_SHARES".equals(scene().stored(job)));
        assertEquals(List.of("SPENT"), scene().charges(job));
        ChargedJob charged = type.stored.get(job);
        assertEquals(
                List.of(new PartyId("seal-a"), new PartyId("seal-b")),
                charged.approvals().stream().map(Approval::party).toList());
        assertEquals(Optional.of(100), Optional.of(charged.plan().release().minUsers()));
        entry(charged.charged().toString()).body("event.type", equalTo("budget.charged"));
        entry(charged.submitted().toString()).body("event.type", equalTo("job.submitted"));
    }

    @Test
    void approver_isToldTheQuestion_andOfOthersColumnsAndVerdictsNothing() {
        JobId job = scene().submitted("ap-told", "ap-told", "seal-a", "seal-b");
        judge(B, job, "APPROVED", subject(B, job)).then().statusCode(201);
        String told = approval(A, job)
                .then()
                .statusCode(200)
                .body("type", equalTo("SEALED_TEST"))
                .body("submitter", equalTo("ap-told"))
                .body("reason", equalTo("a test of the service"))
                .body("datasets.id", equalTo(List.of("seal-a")))
                .body("datasets[0].purpose", equalTo("AUDIENCE_INSIGHT"))
                .body("datasets[0].columns.treatment", hasItems("ENCRYPTED", "DP_AGGREGATE"))
                .body("datasets[0].columns.level", hasItems("L4", "L3"))
                .body("privacy.rhoMicro", equalTo(10))
                .body("privacy.minUsers", equalTo(100))
                .body("subjectHash", notNullValue())
                .body("needed", equalTo(2))
                .body("given", equalTo(1))
                .body("verdicts", hasSize(0))
                .extract()
                .asString();
        assertTrue(!told.contains("u-b"));
        // Of another owner's data it is told what the question says, which it approves whole.
        String beside = ((Json.Obj) Json.parse(told)).without("question").canonical();
        assertTrue(!beside.contains("seal-b"));
        approval(OFFICER, job)
                .then()
                .body("datasets.id", equalTo(List.of("seal-a", "seal-b")))
                .body("verdicts.by", equalTo(List.of("u-b")));
    }

    @Test
    void inbox_listsWhatWaitsForThisPerson_andNothingElse() {
        JobId job = scene().submitted("ap-inbox", "ap-inbox", "seal-a", "seal-b");
        inbox(A).body("items.jobId", hasItem(job.toString()));
        inbox(OFFICER).body("items.jobId", hasItem(job.toString()));
        inbox(token("lab", "u-c")).body("items.jobId", not(hasItem(job.toString())));
        judge(A, job, "APPROVED", subject(A, job)).then().statusCode(201);
        inbox(A).body("items.jobId", not(hasItem(job.toString())));
        inbox(B).body("items.jobId", hasItem(job.toString()));
    }

    @Test
    void whoWasNotAsked_getsTheAnswerOfWhatDoesNotExist() {
        JobId job = scene().submitted("ap-hidden", "ap-hidden");
        String absent = "job_01980000-0000-7000-8000-000000000000";
        String stranger = token("seal-b", "u-b");
        String of =
                masked(approval(stranger, job).then().statusCode(404).extract().asString());
        assertEquals(
                of,
                masked(approval(stranger, JobId.parse(absent))
                        .then()
                        .statusCode(404)
                        .extract()
                        .asString()));
        String subject = subject(A, job);
        String refused = masked(judge(stranger, job, "APPROVED", subject)
                .then()
                .statusCode(404)
                .extract()
                .asString());
        assertEquals(
                refused,
                masked(judge(stranger, JobId.parse(absent), "APPROVED", subject)
                        .then()
                        .statusCode(404)
                        .extract()
                        .asString()));
        // Nor does a job that asks nobody show to an officer here.
        approval(OFFICER, JobId.parse(absent)).then().statusCode(404);
    }

    @Test
    void rejection_endsTheJob_forNothing() {
        JobId job = scene().submitted("ap-reject", "ap-reject");
        judge(A, job, "REJECTED", subject(A, job)).then().statusCode(201).body("awaiting", equalTo(false));
        TestApi.await("ap-reject", job.toString())
                .then()
                .body("state", equalTo("REFUSED"))
                .body("cause", equalTo("APPROVAL_REJECTED"));
        assertEquals(List.of(), scene().charges(job));
        judge(token("seal-a", "u-other"), job, "APPROVED", subject(A, job))
                .then()
                .statusCode(409)
                .body("code", equalTo("STATE_CONFLICT"));
    }

    @Test
    void sameVerdictAgain_isTheSame_andAnotherIsTooLate() {
        JobId job = scene().submitted("ap-again", "ap-again", "seal-a", "seal-b");
        String subject = subject(A, job);
        String event = judge(A, job, "APPROVED", subject).then().extract().path("verdicts[0].eventId");
        judge(A, job, "APPROVED", subject).then().statusCode(201).body("verdicts.eventId", equalTo(List.of(event)));
        judge(A, job, "REJECTED", subject).then().statusCode(409).body("code", equalTo("STATE_CONFLICT"));
        assertEquals(1, entries(job));
        entry(event)
                .body("event.type", equalTo("approval.given"))
                .body("event.verdict", equalTo("APPROVED"))
                .body("event.tenant", equalTo("seal-a"))
                .body("event.actor.department", equalTo("dept-u-a"))
                .body("event.subjectHash", equalTo(subject))
                .body("event.questionHash", equalTo(question(A, job).hash().hex()))
                .body("event.reasonHash", notNullValue())
                .body("event.reason", nullValue())
                .body("event.datasets.id", equalTo(List.of("seal-a")));
        // The job may have ended meanwhile: the same answer is still the same.
        approve("seal-b", job);
        judge(A, job, "APPROVED", subject).then().statusCode(201);
    }

    @Test
    void anotherSubject_isNotApproved() {
        JobId job = scene().submitted("ap-subject", "ap-subject");
        judge(A, job, "APPROVED", OTHER.hex()).then().statusCode(409).body("code", equalTo("SUBJECT_CHANGED"));
        judge(A, job, "REJECTED", OTHER.hex()).then().statusCode(409).body("code", equalTo("SUBJECT_CHANGED"));
        assertEquals(0, entries(job));
    }

    @Test
    void submitter_approvesNothingOfItsOwn_norDoesItsDepartment_whateverTheParty() {
        JobId job = JobId.parse(TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "seal-a", "u-seller", "sales"))
                .contentType("application/json")
                .body(SealedScene.body("ap-self", "seal-a"))
                .post("/v1/jobs")
                .then()
                .statusCode(202)
                .extract()
                .path("jobId"));
        String self = TestTokens.of(Role.PLATFORM, "seal-a", "u-seller", "data");
        String event = judge(self, job, "APPROVED", subject(self, job))
                .then()
                .statusCode(403)
                .body("code", equalTo("SELF_APPROVAL"))
                .extract()
                .path("eventId");
        entry(event).body("event.type", equalTo("request.refused")).body("event.reasonCode", equalTo("SELF_APPROVAL"));
        String neighbour = TestTokens.of(Role.PLATFORM, "seal-a", "u-neighbour", "sales");
        judge(neighbour, job, "APPROVED", subject(neighbour, job))
                .then()
                .statusCode(403)
                .body("code", equalTo("SAME_DEPARTMENT"));
        judge(A, job, "APPROVED", subject(A, job)).then().statusCode(201);
    }

    @Test
    void secondApprovalOfOneDepartment_isRefused() {
        JobId job = scene().submitted("ap-dept", "ap-dept", "seal-a", "seal-b");
        judge(A, job, "APPROVED", subject(A, job)).then().statusCode(201);
        String colleague = TestTokens.of(Role.PLATFORM, "seal-a", "u-colleague", "dept-u-a");
        judge(colleague, job, "APPROVED", subject(A, job))
                .then()
                .statusCode(403)
                .body("code", equalTo("SAME_DEPARTMENT"));
        // An objection is heard from anybody who was asked.
        judge(colleague, job, "REJECTED", subject(A, job)).then().statusCode(201);
        assertEquals("REFUSED", scene().stored(job));
    }

    @Test
    void shortfallAfterTheLastApproval_endsTheJob_andTheApproverIsNotTold() {
        String large = SealedScene.body("ap-short-1", "seal-b").replace("\"rhoMicro\":10", "\"rhoMicro\":24355");
        JobId first = JobId.parse(TestApi.submit("ap-short", large)
                .then()
                .statusCode(202)
                .extract()
                .path("jobId"));
        JobId second = scene().submitted("ap-short", "ap-short-2", "seal-b");
        approve("seal-b", first);
        String told = judge(B, second, "APPROVED", subject(B, second))
                .then()
                .statusCode(201)
                .body("awaiting", equalTo(false))
                .extract()
                .asString();
        assertTrue(!told.contains("BUDGET"));
        TestApi.await("ap-short", second.toString())
                .then()
                .body("state", equalTo("REFUSED"))
                .body("cause", equalTo("BUDGET_EXHAUSTED"));
        assertEquals(List.of(), scene().charges(second));
    }

    @Test
    void obstacle_atSubmissionOrAfterTheLastApproval_refusesForNothing() {
        type.obstacles.put(new PartyId("ap-obstacle"), Code.TAGS_MISSING);
        TestApi.submit("ap-obstacle", SealedScene.body("ap-obstacle-1", "seal-a"))
                .then()
                .statusCode(422)
                .body("code", equalTo("TAGS_MISSING"));
        type.obstacles.remove(new PartyId("ap-obstacle"));
        JobId job = scene().submitted("ap-obstacle", "ap-obstacle-2");
        type.obstacles.put(new PartyId("ap-obstacle"), Code.COMMON_CONTROL);
        approve("seal-a", job);
        TestApi.await("ap-obstacle", job.toString())
                .then()
                .body("state", equalTo("REFUSED"))
                .body("cause", equalTo("COMMON_CONTROL"));
        assertEquals(List.of(), scene().charges(job));
    }

    @Test
    void tagOfLevel5_isRefused_whateverIsApproved() {
        TestApi.submit(
                        "ap-l5",
                        SealedScene.body("ap-l5", "seal-a")
                                .replace("\"question\":\"ap-l5\"", "\"question\":\"ap-l5\",\"column\":\"resident_id\""))
                .then()
                .statusCode(422)
                .body("code", equalTo("POLICY_DENIED"));
    }

    @Test
    void nobodyInSevenDays_cancelsTheJob_forNothing() {
        JobId job = scene().submitted("ap-expire", "ap-expire");
        InstantSource justBefore =
                () -> clock.instant().plus(Approvals.PATIENCE).minusSeconds(60);
        new Deadlines(jdbi, rows, settlement, justBefore).sweep();
        assertEquals("AWAITING_APPROVAL", scene().stored(job));
        InstantSource later = () -> clock.instant().plus(Approvals.PATIENCE).plusSeconds(1);
        // Too late already, though nobody has swept yet.
        assertEquals(new Approvals.Outcome.Refused(Code.STATE_CONFLICT, Optional.empty()), give(at(later), job));
        new Deadlines(jdbi, rows, settlement, later).sweep();
        TestApi.await("ap-expire", job.toString())
                .then()
                .body("state", equalTo("CANCELLED"))
                .body("cause", equalTo("APPROVAL_EXPIRED"));
        assertEquals(List.of(), scene().charges(job));
    }

    /** The power fails before the COMMIT of a verdict: it was not given, and the same one given again is given once. */
    @Test
    void crashBeforeTheVerdictCommits_leavesNothingOfIt() {
        JobId job = scene().submitted("ap-crash", "ap-crash");
        assertThrows(
                IllegalStateException.class,
                () -> jdbi.useTransaction(tx -> {
                    assertEquals(
                            new Approvals.Outcome.Taken(), approvals.give(tx, owner("seal-a"), job, approved(job)));
                    throw new IllegalStateException("the power fails before COMMIT");
                }));
        assertEquals("AWAITING_APPROVAL", scene().stored(job));
        assertEquals(List.of(), scene().charges(job));
        assertEquals(0, entries(job));
        recovery.run();
        assertEquals("AWAITING_APPROVAL", scene().stored(job));
        assertEquals(new Approvals.Outcome.Taken(), give(approvals, job));
        assertEquals(1, entries(job));
    }

    @Test
    void twoApprovalsAtOnce_queueTheJobOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            JobId job = scene().submitted("ap-race", "ap-race-" + round, "seal-a", "seal-b");
            var subject = approved(job);
            together(
                    () -> jdbi.inTransaction(tx -> approvals.give(tx, owner("seal-a"), job, subject)),
                    () -> jdbi.inTransaction(tx -> approvals.give(tx, owner("seal-b"), job, subject)));
            SealedScene.await(() -> "AWAITING_SHARES".equals(scene().stored(job)));
            assertEquals(2, entries(job));
            assertEquals(1, steps(job, "QUEUED"));
        }
    }

    @Test
    void onePersonApprovingTwiceAtOnce_isOneApproval() throws Exception {
        JobId job = scene().submitted("ap-twice", "ap-twice");
        var subject = approved(job);
        Callable<Approvals.Outcome> once =
                () -> jdbi.inTransaction(tx -> approvals.give(tx, owner("seal-a"), job, subject));
        assertEquals(List.of(new Approvals.Outcome.Taken(), new Approvals.Outcome.Taken()), together(once, once));
        assertEquals(1, entries(job));
        assertEquals(1, steps(job, "QUEUED"));
    }

    @Test
    void approvalWhileCancelling_doesOneOfBoth_andNeverLosesMoney() throws Exception {
        for (int round = 0; round < 5; round++) {
            JobId job = scene().submitted("ap-cancel", "ap-cancel-" + round);
            var subject = approved(job);
            Actor submitter =
                    jdbi.inTransaction(tx -> rows.byId(tx, job)).orElseThrow().actor();
            together(
                    () -> jdbi.inTransaction(tx -> approvals.give(tx, owner("seal-a"), job, subject)),
                    () -> jdbi.<Boolean, RuntimeException>inTransaction(tx -> settlement.cancel(tx, submitter, job)));
            assertEquals("CANCELLED", scene().stored(job));
            // Cancelled first: nothing was reserved. Cancelled second: given back, or spent when the work had begun.
            assertTrue(List.of(List.of(), List.of("REFUNDED"), List.of("SPENT")).contains(scene().charges(job)));
        }
    }

    @Test
    void newBundle_makesWhatWasApprovedAnotherSubject() {
        JobId job = scene().submitted("ap-bundle", "ap-bundle", "seal-a", "seal-b");
        judge(A, job, "APPROVED", subject(A, job)).then().statusCode(201);
        // All of this under the bundle of before.
        jdbi.useHandle(handle -> {
            handle.execute("update job set bundle_hash = ? where job_id = ?", OTHER.hex(), job.value());
            handle.execute("update job_approval set bundle_hash = ? where job_id = ?", OTHER.hex(), job.value());
        });
        approval(A, job).then().body("given", equalTo(0)).body("verdicts", hasSize(0));
        judge(B, job, "APPROVED", subject(B, job)).then().statusCode(201).body("given", equalTo(1));
        assertEquals("AWAITING_APPROVAL", scene().stored(job));
        judge(A, job, "APPROVED", subject(A, job)).then().statusCode(201);
        SealedScene.await(() -> "AWAITING_SHARES".equals(scene().stored(job)));
        assertEquals(
                planning.catalog().policy().contentHash(), type.stored.get(job).bundleHash());
    }

    @Test
    void newBundleAfterTheLastApproval_endsTheQueuedJob_withItsMoneyBack() {
        jdbi.useTransaction(tx -> {
            JobRow job = queued(tx, "ap-queued", OTHER);
            runner.begin(tx, Optional.of(job.id()));
            JobRow ended = rows.byId(tx, job.id()).orElseThrow();
            assertEquals(JobState.REFUSED, ended.state());
            assertEquals(Optional.of(Code.SUBJECT_CHANGED), ended.cause());
            assertEquals(
                    List.of("REFUNDED"),
                    tx.createQuery("select distinct state from privacy_charge where job_id = :job")
                            .bind("job", job.id().value())
                            .mapTo(String.class)
                            .list());
        });
    }

    /** Whoever administers the database queues a job that nobody approved. */
    @Test
    void queuedJobWithoutItsApprovals_readsNothing() {
        jdbi.useTransaction(tx -> {
            JobRow job = queued(tx, "ap-forged", planning.catalog().policy().contentHash());
            runner.begin(tx, Optional.of(job.id()));
            assertEquals(JobState.REFUSED, rows.byId(tx, job.id()).orElseThrow().state());
        });
    }

    @Test
    void cancel_whileItWaitsForApproval_costsNothing() {
        JobId job = scene().submitted("ap-cancelled", "ap-cancelled");
        TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "ap-cancelled"))
                .contentType("application/json")
                .body("{\"reason\":\"no longer needed\"}")
                .post("/v1/jobs/" + job + "/cancellation")
                .then()
                .statusCode(202);
        assertEquals(List.of(), scene().charges(job));
        judge(A, job, "APPROVED", subject(A, job)).then().statusCode(409);
    }

    @Test
    void answeredQuestion_isAnsweredAgain_withoutAskingAnybody() {
        JobId first = scene().waiting("ap-cache", "ap-cache");
        jdbi.useTransaction(tx -> sealed.opened(
                tx, first, SealedTestJob.opened(type.stored.get(first).plan(), 400, 40)));
        TestApi.await("ap-cache", first.toString()).then().body("state", equalTo("SUCCEEDED"));
        String body = SealedScene.body("ap-cache", "seal-a").replaceFirst("ap-cache", "ap-cache-again");
        String again = TestApi.submit("ap-cache", body)
                .then()
                .statusCode(202)
                .extract()
                .path("jobId");
        TestApi.await("ap-cache", again).then().body("state", equalTo("SUCCEEDED"));
        assertEquals(List.of(), scene().charges(JobId.parse(again)));
    }

    @Test
    void dryRun_namesWhoWouldBeAsked() {
        TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, "ap-dry"))
                .contentType("application/json")
                .body(SealedScene.body("ap-dry", "seal-a", "seal-b"))
                .post("/v1/dry-runs")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("PERMIT"))
                .body("approvalsNeeded", equalTo(List.of("seal-a", "seal-b")));
    }

    @Test
    void malformedVerdicts_areRefusedAlike() {
        JobId job = scene().submitted("ap-form", "ap-form");
        String subject = subject(A, job);
        judge(A, job, "MAYBE", subject).then().statusCode(400);
        judge(A, job, "APPROVED", "00").then().statusCode(400);
        TestApi.request()
                .auth()
                .oauth2(A)
                .contentType("application/json")
                .body("{\"verdict\":\"APPROVED\",\"reason\":\"short\",\"subjectHash\":\"%s\"}".formatted(subject))
                .post("/v1/jobs/" + job + "/approvals")
                .then()
                .statusCode(400)
                .body("detail", not(containsString("short")));
        assertEquals(0, entries(job));
    }

    /** Whoever reads question, salt and bundle makes the subject of the verdict, and what the ledger says was submitted. */
    @Test
    void question_isTheOneSubmitted_theSameForEverybody_andMakesTheSubject() {
        JobId job = scene().submitted("ap-question", "ap-question", "seal-a", "seal-b");
        JobQuestion question = question(A, job);
        assertEquals(job, question.job());
        assertEquals("ap-question", question.merchant().value());
        assertEquals("DOMESTIC", question.region());
        assertEquals(
                Json.parse(SealedScene.body("ap-question", "seal-a", "seal-b")).canonical(),
                question.request().canonical());
        assertEquals(question, question(B, job));
        assertEquals(question, question(OFFICER, job));
        var told = (Json.Obj) Json.parse(approval(A, job).asByteArray());
        Hash bundle = Hash.parse(new JsonFields(told).string("bundleHash", 64));
        assertEquals(planning.catalog().policy().contentHash(), bundle);
        assertEquals(new ApprovalSubject(question.hash(), bundle).hash().hex(), subject(A, job));
        entry(jdbi.inTransaction(tx -> rows.byId(tx, job))
                        .orElseThrow()
                        .submitted()
                        .orElseThrow()
                        .toString())
                .body("event.questionHash", equalTo(question.hash().hex()));
    }

    /** The same words for another job are another question under another salt. */
    @Test
    void question_ofAnotherJob_isAnother() {
        JobQuestion one = question(A, scene().submitted("ap-salt", "ap-salt"));
        JobQuestion two = question(A, scene().submitted("ap-salt-2", "ap-salt-2"));
        assertNotEquals(one.salt(), two.salt());
        assertNotEquals(one.hash(), two.hash());
    }

    /** An approval that was made of another tag, metric or region is none of this job. */
    @Test
    void verdict_onAnotherQuestionThanTheJobs_isNotTaken() {
        JobId job = scene().submitted("ap-other", "ap-other");
        JobQuestion asked = question(A, job);
        var otherRequest =
                asked.request().with("params", Json.object().put("tag", "other").build());
        var bundle = planning.catalog().policy().contentHash();
        for (JobQuestion other : List.of(
                new JobQuestion(job, asked.merchant(), asked.role(), asked.region(), otherRequest, asked.salt()),
                new JobQuestion(job, asked.merchant(), asked.role(), "ABROAD", asked.request(), asked.salt()),
                new JobQuestion(job, asked.merchant(), Role.PLATFORM, asked.region(), asked.request(), asked.salt()),
                new JobQuestion(
                        job,
                        asked.merchant(),
                        asked.role(),
                        asked.region(),
                        asked.request(),
                        Salt.of(OTHER.bytes())))) {
            judge(
                            A,
                            job,
                            "APPROVED",
                            new ApprovalSubject(other.hash(), bundle).hash().hex())
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("SUBJECT_CHANGED"));
        }
        assertEquals(0, entries(job));
    }

    private static JobQuestion question(String token, JobId job) {
        var told = (Json.Obj) Json.parse(approval(token, job).asByteArray());
        return JobQuestion.of(
                told.member("question").orElseThrow(), Salt.parse(new JsonFields(told).string("questionSalt", 64)));
    }

    private SealedScene scene() {
        return new SealedScene(jdbi);
    }

    private JobRow queued(Handle tx, String merchant, Hash bundle) {
        var request = JobRequest.parse(Json.parse(SealedScene.body(merchant, "seal-a")));
        var actor = new Actor(new PartyId(merchant), new PersonId("u-1"), Role.MERCHANT, new DepartmentId("marketing"));
        var asked = ((Sight.Seen) planning.look(tx, actor, request)).asked();
        var prepared = ((Planning.Outcome.Ready) planning.plan(actor, request, asked)).prepared();
        JobRow job =
                rows.insert(tx, actor, request, new Prepared.Key(OTHER, bundle, prepared.cacheKey(), asked.region()));
        rows.keepQuestion(tx, job);
        approvalRows.ask(tx, job.id(), List.of(new PartyId("seal-a")));
        rows.needs(tx, job.id(), 1);
        assertTrue(budget.reserve(
                tx, prepared.bill(job), planning.catalog().policy().budgets()));
        rows.move(tx, job.id(), JobState.QUEUED, Optional.empty());
        return rows.byId(tx, job.id()).orElseThrow();
    }

    private Approvals at(InstantSource time) {
        return new Approvals(rows, approvalRows, journal, planning, reservations, settlement, questions, time);
    }

    private Approvals.Outcome give(Approvals taker, JobId job) {
        return jdbi.inTransaction(tx -> taker.give(tx, owner("seal-a"), job, approved(job)));
    }

    private static Judgement approved(JobId job) {
        return new Judgement(Judgement.Verdict.APPROVED, "we have read what it asks", Hash.parse(subject(A, job)));
    }

    private static Actor owner(String party) {
        return new Actor(
                new PartyId(party), new PersonId("u-" + party), Role.PLATFORM, new DepartmentId("dept-" + party));
    }

    /** Both begin at the same time. */
    private static <T> List<Object> together(Callable<T> one, Callable<?> other) throws Exception {
        var barrier = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(() -> {
                barrier.await();
                return one.call();
            });
            var second = threads.submit(() -> {
                barrier.await();
                return other.call();
            });
            return List.of(first.get(), second.get());
        }
    }

    /** How many verdicts the log has of this job; the outbox counts. */
    private int entries(JobId job) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from job_approval where job_id = :job")
                .bind("job", job.value())
                .mapTo(Integer.class)
                .one());
    }

    private int steps(JobId job, String state) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select count(*) from job_state where job_id = :job and state = :state")
                        .bind("job", job.value())
                        .bind("state", state)
                        .mapTo(Integer.class)
                        .one());
    }

    private static ValidatableResponse inbox(String token) {
        return TestApi.request()
                .auth()
                .oauth2(token)
                .get("/v1/approvals?limit=200")
                .then()
                .statusCode(200);
    }

    /** As soon as the sequencer has given it its place. */
    private static ValidatableResponse entry(String event) {
        SealedScene.await(() -> ledgerEntry(event).statusCode() == 200);
        return ledgerEntry(event).then();
    }

    private static Response ledgerEntry(String event) {
        return TestApi.request().auth().oauth2(OFFICER).get("/v1/ledger/entries/" + event);
    }

    /** A problem without what names the request. */
    private static String masked(String problem) {
        assertNotEquals("", problem);
        return problem.replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    @Test
    void patience_isTheDocumentedOne() {
        assertEquals(Duration.ofDays(7), Approvals.PATIENCE);
        assertEquals(Duration.ofDays(3), SealedJobs.PATIENCE);
    }
}
