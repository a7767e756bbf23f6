package io.tamis.holder.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.Metric;
import io.tamis.holder.ticket.TicketSegment;
import io.tamis.holder.ticket.Tickets;
import io.tamis.log.EventType;
import io.tamis.log.JobQuestion;
import io.tamis.log.Salt;
import io.tamis.policy.Region;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A server that shows owners one question and key holders the ticket of another. In each attack the ledger proves what it is made
 * to prove; what gives the server away is that one hash is of one question.
 */
class QuestionBindingTest {
    private final TicketWorld world = new TicketWorld();
    private final TicketDraft draft = world.draft;

    @Test
    void question_thatTheTicketAnswers_isAccepted() {
        assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
    }

    // The owners approved something else than the ticket opens.

    @Test
    void otherTag_thanApproved_isRefused() {
        params("tags", tag("shop-users", "orders_90d"));
        params("tags", tag("messenger-users", "messages"));
    }

    @Test
    void otherMetric_thanApproved_isRefused() {
        params("metric", Json.of("COUNT"));
        params("metric", Json.of("MEAN"));
    }

    @Test
    void otherMetric_inTheTicketAlone_isRefused() {
        var asked = draft.asked;
        draft.asked = new DecryptionTicket.Asked(
                asked.job(),
                asked.collaboration(),
                asked.merchant(),
                asked.role(),
                asked.region(),
                Metric.MEAN,
                asked.bundle());
        world.refused(HolderRefusal.QUESTION_DIFFERS);
    }

    @Test
    void otherRegion_thanApproved_isRefused() {
        var real = draft.question;
        world.asking(new JobQuestion(
                real.job(), real.merchant(), real.role(), Region.ABROAD.name(), real.request(), real.salt()));
        world.refused(HolderRefusal.QUESTION_DIFFERS);
    }

    @Test
    void otherMerchantRoleOrJob_thanApproved_isRefused() {
        var real = draft.question;
        var job = io.tamis.data.JobId.parse("job_0190163d-8694-739b-aea5-966c26f8ad99");
        for (JobQuestion other : List.of(
                new JobQuestion(job, real.merchant(), real.role(), real.region(), real.request(), real.salt()),
                new JobQuestion(
                        real.job(), new PartyId("brand-b"), real.role(), real.region(), real.request(), real.salt()),
                new JobQuestion(
                        real.job(), real.merchant(), Role.PLATFORM, real.region(), real.request(), real.salt()))) {
            world.asking(other);
            world.refused(HolderRefusal.QUESTION_DIFFERS);
        }
    }

    @Test
    void otherDatasetVersionOrPurpose_thanApproved_isRefused() {
        var datasets = (Json.Arr) draft.question.request().member("datasets").orElseThrow();
        var first = (Json.Obj) datasets.items().getFirst();
        for (Json.Obj changed : List.of(
                first.with("version", Json.of(TestPlatform.VERSION + 1)),
                first.with("purpose", Json.of("ATTRIBUTION")),
                first.with("id", Json.of("video-users")))) {
            request("datasets", Json.array(List.of(changed, datasets.items().get(1))));
        }
        request("datasets", Json.array(List.of(first)));
        request("datasets", Json.array(List.of(first, datasets.items().get(1), first)));
    }

    @Test
    void otherCollaborationOrType_thanApproved_isRefused() {
        request("collaborationId", Json.of("col_2"));
        request("type", Json.of("AGGREGATE"));
    }

    /** Owners were told that the merchant pays less, hence that more noise is added. */
    @Test
    void higherPrice_thanApproved_isRefused() {
        request("privacy", Json.object().put("rhoMicro", 1_199).build());
        request("privacy", Json.object().put("rhoMicro", 1_201).build());
        request(
                "privacy",
                Json.object()
                        .put("mechanism", "PURE_LAPLACE")
                        .put("epsilonMicro", 1_200)
                        .build());
    }

    @Test
    void smallerCohort_thanApproved_isRefused() {
        var asked = (Json.Obj) draft.question.request().member("privacy").orElseThrow();
        world.asking(world.question(world.request().with("privacy", asked.with("minUsers", Json.of(100)))));
        assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
        request("privacy", asked.with("minUsers", Json.of(101)));
    }

    @Test
    void segments_ofAQuestionThatHasNone_areRefused() {
        var params = (Json.Obj) draft.question.request().member("params").orElseThrow();
        request("params", params.without("groupBy"));
    }

    /** Segments of the server's own making: not by a column, by a column that one owner does not have, of no declared value. */
    @Test
    void segments_otherThanTheColumnDeclares_areRefused() {
        params("groupBy", Json.of("age_band"));
        params("groupBy", Json.of("favourite_category"));
        params("groupBy", Json.of("no_such_column"));
        world.evidence();
        var first = draft.segments.getFirst();
        draft.segments =
                List.of(new TicketSegment(Optional.of("T9"), first.masks(), first.aggregate()), draft.segments.get(1));
        world.refused(HolderRefusal.QUESTION_DIFFERS);
        draft.segments = List.of(new TicketSegment(Optional.empty(), first.masks(), first.aggregate()));
        world.refused(HolderRefusal.QUESTION_DIFFERS);
    }

    @Test
    void oneSegmentWithoutALabel_isWhatAQuestionWithoutColumnAsks() {
        world.masks(List.of(new TicketWorld.Segment(Optional.empty(), position -> position < 150)));
        var params = (Json.Obj) world.request().member("params").orElseThrow();
        world.asking(world.question(world.request().with("params", params.without("groupBy"))));
        assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
    }

    /** A member that a holder does not know may ask anything. */
    @Test
    void paddedQuestion_isRefused() {
        request("alsoOpen", Json.of("friends"));
        params("bucket", Json.of("friends"));
        request(
                "privacy",
                Json.object().put("rhoMicro", 1_200).put("exact", true).build());
    }

    // The ticket shows another question than the one in the ledger.

    @Test
    void otherQuestion_thanTheLedgers_isRefused() {
        var params = (Json.Obj) world.request().member("params").orElseThrow();
        var honest = draft.question;
        var told = world.question(world.request()
                .with("params", params.with("where", Json.object().build())));
        draft.question = told;
        world.refused(HolderRefusal.QUESTION_DIFFERS);
        draft.question = honest;
        assertInstanceOf(TicketVerdict.Accepted.class, world.verdict());
    }

    @Test
    void otherSalt_thanApproved_isRefused() {
        var real = draft.question;
        draft.question = new JobQuestion(
                real.job(),
                real.merchant(),
                real.role(),
                real.region(),
                real.request(),
                Salt.of(Tickets.hash("another salt").bytes()));
        world.refused(HolderRefusal.QUESTION_DIFFERS);
    }

    /** The job was written down as the ticket has it, but owners approved what they were shown. */
    @Test
    void approvals_ofAnotherQuestion_areRefused() {
        var shown = world.question(world.request().with("reason", Json.of("something much more harmless")));
        var approvals = draft.approvals;
        world.asking(shown);
        var ofShown = draft.approvals;
        var evidence = draft.evidence;
        world.evidence();
        var submitted = draft.evidence.getFirst();
        draft.approvals = ofShown;
        draft.evidence = List.of(submitted, evidence.get(1), evidence.get(2), evidence.get(3), evidence.get(4));
        world.refused(HolderRefusal.APPROVAL_MISSING);
        draft.approvals = approvals;
        world.refused(HolderRefusal.APPROVAL_MISSING);
    }

    /** Below level 4 nobody approves; what was asked is in the ledger all the same. */
    @Test
    void otherQuestion_whereNobodyHasToApprove_isRefused() {
        draft.approvals = List.of();
        assertEquals(Optional.empty(), ledger());
        draft.question = world.question(world.request().with("reason", Json.of("something much more harmless")));
        assertEquals(Optional.of(HolderRefusal.QUESTION_DIFFERS), ledger());
    }

    @Test
    void job_writtenDownWithoutItsQuestion_isRefused() {
        draft.approvals = List.of();
        var submitted = draft.evidence.getFirst().event();
        var bare = world.ledger.append(
                EventType.JOB_SUBMITTED,
                submitted.at(),
                submitted.body().without("v", "id", "at", "type", "questionHash"));
        draft.evidence = List.of(world.ledger.evidence(bare));
        assertEquals(Optional.of(HolderRefusal.QUESTION_DIFFERS), ledger());
    }

    private Optional<HolderRefusal> ledger() {
        return new LedgerCheck(world.roster, draft.ticket()).approvalRefusal(List.of());
    }

    private Json.Obj tag(String dataset, String tag) {
        var params = (Json.Obj) world.request().member("params").orElseThrow();
        return ((Json.Obj) params.member("tags").orElseThrow()).with(dataset, Json.of(tag));
    }

    /** The same question with another parameter is approved, and the ticket stays as it is. */
    private void params(String name, Json value) {
        var params = (Json.Obj) world.request().member("params").orElseThrow();
        request("params", params.with(name, value));
    }

    private void request(String name, Json value) {
        world.asking(world.question(world.request().with(name, value)));
        world.refused(HolderRefusal.QUESTION_DIFFERS);
    }
}
