package io.tamis.jobs;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import io.tamis.policy.DecidedColumn;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What happens to jobs, as entries of the log. Each is written in the transaction of the state it records. */
@Singleton
class Journal {
    /** A request can hold an identifier, so its hash is keyed: nobody can try identifiers against it. */
    private static final byte[] REQUEST = "tamis/request/v1\0".getBytes(StandardCharsets.UTF_8);

    private static final byte[] REASON = "tamis/approval-reason/v1\0".getBytes(StandardCharsets.UTF_8);

    private final Ledger ledger;
    private final Events events;
    private final KeyProvider keys;
    private final InstantSource clock;
    private final Tick tick;
    private final Questions questions;

    Journal(Ledger ledger, Events events, KeyProvider keys, InstantSource clock, Tick tick, Questions questions) {
        this.ledger = ledger;
        this.events = events;
        this.keys = keys;
        this.clock = clock;
        this.tick = tick;
        this.questions = questions;
    }

    /** A body that is not a job, or one about a dataset the caller may not know of. */
    EventId malformed(Handle tx, Actor actor, byte[] body, Code code) {
        return ledger.append(
                tx,
                events.of(EventType.REQUEST_REFUSED, actor)
                        .requestHash(keyed(body))
                        .reasonCode(code)
                        .build());
    }

    /** A job that came in. */
    EventId submitted(Handle tx, JobRow job) {
        return ledger.append(
                tx,
                about(events.of(EventType.JOB_SUBMITTED, job.actor()), job)
                        .requestHash(job.requestHash())
                        .with("questionHash", questionHash(job))
                        .build());
    }

    /** What the policy said on every use of every column; the last of the entries, when there is any. */
    Optional<EventId> decided(Handle tx, JobRow job, Admission.Verdict verdict, Hash bundleHash) {
        Optional<EventId> last = Optional.empty();
        for (Admission.Decided decided : verdict.decided()) {
            List<Json.Obj> columns =
                    decided.columns().stream().map(DecidedColumn::toJson).toList();
            if (columns.isEmpty()) {
                continue;
            }
            DatasetId dataset = decided.asking().dataset().id();
            var event = named(events.of(EventType.ACCESS_DECIDED, job.actor()), job.request())
                    .job(job.id())
                    .dataset(dataset)
                    .version(job.request().dataset(dataset).version())
                    .purpose(decided.asking().purpose())
                    .bundleHash(bundleHash)
                    .permitted(verdict.refused().isEmpty());
            verdict.refused().ifPresent(event::reasonCode);
            for (LedgerEvent part : event.buildParts(columns)) {
                last = Optional.of(ledger.append(tx, part));
            }
        }
        return last;
    }

    /** A job that was refused, by whichever gate. */
    EventId refused(Handle tx, JobRow job, Code code) {
        return ledger.append(
                tx,
                about(events.of(EventType.REQUEST_REFUSED, job.actor()), job)
                        .reasonCode(code)
                        .build());
    }

    /** What an owner said of a job. Its reason may hold anything, so only a keyed hash of it is here. */
    EventId judged(Handle tx, Actor actor, JobRow job, Judgement judgement, List<DatasetRef> theirs) {
        return ledger.append(
                tx,
                events.of(EventType.APPROVAL_GIVEN, actor)
                        .job(job.id())
                        .onBehalfOf(job.actor().party())
                        .datasets(theirs.stream().map(DatasetRef::toJson).toList())
                        .requestHash(job.requestHash())
                        .with("questionHash", questionHash(job))
                        .bundleHash(job.bundleHash())
                        .with("subjectHash", Json.of(judgement.subjectHash().hex()))
                        .with("verdict", Json.of(judgement.verdict().name()))
                        .with(
                                "reasonHash",
                                Json.of(reasonHash(judgement.reason()).hex()))
                        .build());
    }

    /** Somebody who may not approve tried to. */
    EventId notJudged(Handle tx, Actor actor, JobRow job, Code code) {
        return ledger.append(
                tx,
                events.of(EventType.REQUEST_REFUSED, actor)
                        .job(job.id())
                        .reasonCode(code)
                        .build());
    }

    /** A job that ended otherwise than by succeeding. */
    void finished(Handle tx, JobRow job, JobState state, Code cause) {
        ledger.append(
                tx,
                about(events.bySystem(EventType.JOB_FINISHED, job.actor().party()), job)
                        .at(tick.after(clock.instant()))
                        .state(state.name())
                        .reasonCode(cause)
                        .build());
    }

    /** A job somebody ended: the entry names who, as the owner may have to pay for it. */
    void cancelled(Handle tx, Actor actor, JobRow job) {
        ledger.append(
                tx,
                about(events.of(EventType.JOB_FINISHED, actor), job)
                        .at(tick.after(clock.instant()))
                        .onBehalfOf(job.actor().party())
                        .state(JobState.CANCELLED.name())
                        .reasonCode(Code.CANCELLED)
                        .build());
    }

    /** How many rows a scan read; for officers only. */
    void scanned(Handle tx, JobRow job, long rows) {
        ledger.append(
                tx,
                about(events.bySystem(EventType.ACCESS_COMPLETED, job.actor().party()), job)
                        .exactRows(rows)
                        .build());
    }

    /** A result about to be handed over. */
    EventId delivered(Handle tx, Actor receiver, JobRow job, JobRow.Outcome outcome) {
        return ledger.append(
                tx,
                events.of(EventType.RELEASE_DELIVERED, receiver)
                        .job(job.id())
                        .resultHash(outcome.resultHash())
                        .receiver(receiver.party())
                        .format(job.request().output().format().name())
                        .of(outcome.event())
                        .build());
    }

    /** A question about a question. */
    EventId dryRun(Handle tx, Actor actor, JobRequest request, Optional<Code> refused) {
        var event = datasets(named(events.of(EventType.DRYRUN_ANSWERED, actor), request), request)
                .permitted(refused.isEmpty());
        refused.ifPresent(event::reasonCode);
        return ledger.append(tx, event.build());
    }

    /** Job, agreement and datasets, the same way in every entry. */
    static Events.Builder about(Events.Builder event, JobRow job) {
        return datasets(named(event, job.request()).job(job.id()), job.request());
    }

    private static Events.Builder named(Events.Builder event, JobRequest request) {
        return request.collaboration().map(event::collaboration).orElse(event);
    }

    /** One dataset stands in the entry's own fields, several in a list. */
    private static Events.Builder datasets(Events.Builder event, JobRequest request) {
        if (request.datasets().size() > 1) {
            return event.datasets(
                    request.datasets().stream().map(DatasetRef::toJson).toList());
        }
        DatasetRef only = request.datasets().getFirst();
        return event.dataset(only.id()).version(only.version()).purpose(only.purpose());
    }

    /** Names a request without telling what it says. */
    Hash requestHash(JobRequest request) {
        return keyed(request.body().getBytes(StandardCharsets.UTF_8));
    }

    /** Not keyed but salted: owners, who are shown question and salt, and key holders compute it again. */
    private Json questionHash(JobRow job) {
        return Json.of(questions.of(job).hash().hex());
    }

    private Hash reasonHash(String reason) {
        return keys.mac(KeyName.DATASET_MAC, REASON, reason.getBytes(StandardCharsets.UTF_8));
    }

    private Hash keyed(byte[] body) {
        return keys.mac(KeyName.DATASET_MAC, REQUEST, body);
    }
}
