package io.tamis.jobs;

import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.privacy.Alternative;
import io.tamis.privacy.DryRun;
import io.tamis.privacy.Loss;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Answers what a job would cost and how exact it would be. Reads no data, charges nothing, is logged. */
@Singleton
class DryRuns {
    private final Jdbi jdbi;
    private final Planning planning;
    private final BudgetReader budgets;
    private final JobRows rows;
    private final Journal journal;
    private final WitnessGate witnesses;

    DryRuns(Jdbi jdbi, Planning planning, BudgetReader budgets, JobRows rows, Journal journal, WitnessGate witnesses) {
        this.jdbi = jdbi;
        this.planning = planning;
        this.budgets = budgets;
        this.rows = rows;
        this.journal = journal;
        this.witnesses = witnesses;
    }

    /** The answer, whatever the verdict: a refused job's dry run says why, in the codes the job itself would get. */
    Json.Obj answer(Actor actor, JobRequest request) {
        return switch (jdbi.inTransaction(tx -> planning.look(tx, actor, request))) {
            case Sight.Hidden(Code code) -> {
                // What names nothing the caller may know of is somebody's guess, and not repeated in the log.
                byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
                EventId event = jdbi.inTransaction(tx -> journal.malformed(tx, actor, body, code));
                throw new JobsException(code, Optional.empty(), Optional.of(event));
            }
            case Sight.Seen(Asked asked) ->
                switch (planning.plan(actor, request, asked)) {
                    case Planning.Outcome.Refused(Code code) ->
                        logged(
                                actor,
                                request,
                                List.of(code),
                                Json.object().put("approvalsNeeded", Json.array(List.of())));
                    case Planning.Outcome.Ready(Prepared prepared) -> predicted(actor, request, prepared);
                };
        };
    }

    private Json.Obj predicted(Actor actor, JobRequest request, Prepared prepared) {
        DryRun prediction = DryRun.predict(prepared.plan().release(), request.assumedUsers());
        boolean answered = jdbi.inTransaction(tx -> rows.answer(tx, actor.party(), prepared.cacheKey()))
                .isPresent();
        Loss loss = prepared.plan().release().loss();
        long price = answered ? 0 : loss.micro();
        var datasets = request.datasets().stream().map(DatasetRef::id).toList();
        var codes = new ArrayList<Code>();
        Optional<Approvers> approvers = planning.approvers(actor, prepared);
        int approvals = approvers.map(Approvers::needed).orElse(0);
        planning.decide(actor, prepared, approvals).refused().ifPresent(codes::add);
        if (planning.touchesIdentifying(prepared) && !witnesses.attainable()) {
            codes.add(Code.WITNESS_UNAVAILABLE);
        }
        jdbi.inTransaction(tx -> planning.obstacle(tx, actor, prepared)).ifPresent(codes::add);
        if (prediction.belowUtilityFloor() && !request.acceptLowUtility()) {
            codes.add(Code.BELOW_UTILITY_FLOOR);
        }
        if (!affords(actor.party(), datasets, loss.mechanism().loss(price))) {
            codes.add(Code.BUDGET_EXHAUSTED);
        }
        var body = Json.object()
                .put("cached", answered)
                .put("mechanism", loss.mechanism().name())
                .put(loss.mechanism().amount(), price)
                .put("deltaSel", "0")
                .put("approvalsNeeded", approvalsNeeded(approvers))
                .put("minUsers", prepared.plan().release().minUsers())
                .put("remainingAfter", budgets.remaining(actor.party(), datasets, loss.mechanism(), price))
                .put("measures", prediction.toJson());
        if (!answered) {
            Alternative.of(prepared.plan().release(), request.assumedUsers())
                    .filter(other -> affords(actor.party(), datasets, other.loss()))
                    .ifPresent(other -> body.put("alternative", other.toJson()));
        }
        return logged(actor, request, codes, body);
    }

    /** Judged on the caller's own rows: those of all merchants would show rivals' spending. */
    private boolean affords(PartyId party, List<DatasetId> datasets, Loss loss) {
        return datasets.stream().allMatch(dataset -> budgets.left(party, dataset, loss.mechanism()) >= loss.micro());
    }

    private static Json.Arr approvalsNeeded(Optional<Approvers> approvers) {
        return Json.strings(approvers.stream()
                .flatMap(needed -> needed.parties().stream())
                .map(PartyId::value)
                .toList());
    }

    private Json.Obj logged(Actor actor, JobRequest request, List<Code> codes, Json.Builder body) {
        EventId event = jdbi.inTransaction(
                tx -> journal.dryRun(tx, actor, request, codes.stream().findFirst()));
        return body.put("verdict", codes.isEmpty() ? "PERMIT" : "DENY")
                .put("reasonCodes", Json.strings(codes.stream().map(Code::name).toList()))
                .put("eventId", event.toString())
                .build();
    }
}
