package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.CollaborationId;
import io.tamis.data.Dataset;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import io.tamis.log.ApprovalSubject;
import io.tamis.log.JobQuestion;
import io.tamis.policy.DecidedColumn;
import io.tamis.policy.Decision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What one party is told of a job that asks for its approval: the whole question, which is what it approves, and beside it what
 * the policy says of the party's own columns. Of other parties' columns and verdicts nothing; an officer is told all of it.
 *
 * @param reader who reads
 * @param question what a verdict would be about
 * @param bundle under which policy
 * @param decided what the policy says of each column, as if everybody had approved; empty when the job can no longer be planned
 * @param given the verdicts under the bundle in force
 */
record ApprovalView(
        Actor reader,
        JobRow job,
        JobQuestion question,
        Hash bundle,
        List<Admission.Decided> decided,
        List<ApprovalRows.Given> given,
        Optional<Prepared> prepared) {
    ApprovalView {
        decided = List.copyOf(decided);
        given = List.copyOf(given);
    }

    Json.Obj toJson() {
        var request = job.request();
        var privacy = Json.object()
                .put("mechanism", request.loss().mechanism().name())
                .put(request.loss().mechanism().amount(), request.loss().micro());
        prepared.ifPresent(
                ready -> privacy.put("minUsers", ready.plan().release().minUsers()));
        return Json.object()
                .put("jobId", job.id().toString())
                .put("type", request.type())
                .put("awaiting", job.state() == JobState.AWAITING_APPROVAL)
                .put("submitter", job.actor().party().value())
                .putIfPresent("collaborationId", request.collaboration().map(CollaborationId::value))
                .put("reason", reason())
                .put("datasets", Json.array(datasets()))
                .put("privacy", privacy.build())
                .put("question", question.toJson())
                .put("questionSalt", question.salt().hex())
                .put("bundleHash", bundle.hex())
                .put(
                        "subjectHash",
                        new ApprovalSubject(question.hash(), bundle).hash().hex())
                .putIfPresent("deadline", job.deadline().map(ApprovalView::text))
                .put("needed", job.approvalsNeeded())
                .put("given", approved())
                .put("verdicts", Json.array(verdicts()))
                .build();
    }

    private String reason() {
        return ((Json.Obj) Json.parse(job.request().body()))
                .member("reason")
                .filter(Json.Str.class::isInstance)
                .map(text -> ((Json.Str) text).value())
                .orElse("");
    }

    private long approved() {
        return given.stream()
                .filter(each -> each.verdict() == Judgement.Verdict.APPROVED)
                .count();
    }

    private List<Json.Obj> datasets() {
        return decided.stream()
                .filter(part -> sees(part.asking().dataset().owner()))
                .map(this::dataset)
                .toList();
    }

    private Json.Obj dataset(Admission.Decided part) {
        Dataset dataset = part.asking().dataset();
        return job.request()
                .dataset(dataset.id())
                .toJson()
                .with(
                        "columns",
                        Json.array(part.columns().stream()
                                .map(ApprovalView::column)
                                .toList()));
    }

    private static Json.Obj column(DecidedColumn column) {
        var question = column.question();
        var json = Json.object()
                .put("column", column.name().value())
                .putIfPresent("level", question.level().map(Enum::name))
                .putIfPresent("context", question.context().map(Enum::name))
                .putIfPresent("action", question.action().map(Enum::name));
        if (column.decision() instanceof Decision.Permit permit) {
            json.put("treatment", permit.treatment().name());
        }
        return json.build();
    }

    private List<Json.Obj> verdicts() {
        return given.stream()
                .filter(each -> sees(each.approval().party()))
                .map(each -> Json.object()
                        .put("party", each.approval().party().value())
                        .put("by", each.approval().by().value())
                        .put("department", each.approval().department().value())
                        .put("verdict", each.verdict().name())
                        .put("reason", each.reason())
                        .put("at", text(each.at()))
                        .put("eventId", each.approval().event().toString())
                        .build())
                .toList();
    }

    private boolean sees(PartyId party) {
        return reader.role() == Role.COMPLIANCE_OFFICER || reader.party().equals(party);
    }

    private static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
