package io.tamis.jobs;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.Attachment;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.Dataset;
import io.tamis.data.Level;
import io.tamis.data.PolicyRole;
import io.tamis.data.Role;
import io.tamis.policy.Question;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Turns a request into a plan and asks the policy about it: the same way for a job, a dry run and a release check. */
@Singleton
class Planning {
    /** No cell rests on fewer people than this, whatever anybody declares. */
    private static final int USERS_MIN = 50;

    /** Nor on fewer than this, when it is a sum over encrypted tags. */
    private static final int ENCRYPTED_USERS_MIN = 100;

    private final Catalog catalog;
    private final JobTypes types;
    private final Standing standing;
    private final InstantSource clock;
    private final Tick tick;

    Planning(Catalog catalog, JobTypes types, Standing standing, InstantSource clock, Tick tick) {
        this.catalog = catalog;
        this.types = types;
        this.standing = standing;
        this.clock = clock;
        this.tick = tick;
    }

    /** The moment up to which ends show. */
    Instant shown() {
        return tick.last(clock.instant());
    }

    /** A plan, or the code of what stands against it. */
    sealed interface Outcome {
        record Ready(Prepared prepared) implements Outcome {}

        record Refused(Code code) implements Outcome {}
    }

    Catalog catalog() {
        return catalog;
    }

    /** What this caller sees of what the request is about. */
    Sight look(Handle tx, Actor actor, JobRequest request) {
        return standing.look(tx, actor, request);
    }

    Outcome plan(Actor actor, JobRequest request, Asked asked) {
        return plan(types.named(request.type()), actor, request, asked);
    }

    Outcome plan(JobType type, Actor actor, JobRequest request, Asked asked) {
        var inputs =
                asked.sources().stream().map(source -> input(actor, source)).toList();
        int minUsers = inputs.stream()
                .mapToInt(input -> input.dataset().minUsers())
                .reduce(Math.max(USERS_MIN, request.minUsers().orElse(0)), Math::max);
        var planRequest =
                new PlanRequest(request.params(), inputs, asked.collaboration().isPresent(), request.loss(), minUsers);
        return switch (thresholded(type, planRequest)) {
            case Plan plan ->
                refusedOfOthers(actor, asked, plan)
                        .<Outcome>map(Outcome.Refused::new)
                        .orElseGet(() -> new Outcome.Ready(new Prepared(type, plan, asked)));
            case Planned.Refused refused -> new Outcome.Refused(refused.code());
        };
    }

    /** The threshold of a plan over encrypted tags is known only when the plan is. */
    private static Planned thresholded(JobType type, PlanRequest request) {
        Planned planned = type.plan(request);
        return request.minUsers() < ENCRYPTED_USERS_MIN
                        && planned instanceof Plan plan
                        && plan.uses().stream().anyMatch(ColumnUse::encrypted)
                ? type.plan(request.withMinUsers(ENCRYPTED_USERS_MIN))
                : planned;
    }

    /**
     * The plan again, from the stored request: empty when the version, the declaration or the agreement is gone or of
     * another region, or when a new bundle makes another plan of it. The job was admitted, priced and named in the answer cache as the old one.
     */
    Optional<Prepared> again(Handle tx, JobRow job) {
        return look(tx, job.actor(), job.request()) instanceof Sight.Seen(Asked asked)
                        && plan(job.actor(), job.request(), asked) instanceof Outcome.Ready(Prepared ready)
                        && ready.cacheKey().equals(job.cacheKey())
                        && asked.region() == job.region()
                ? Optional.of(ready)
                : Optional.empty();
    }

    /**
     * A platform's rules in the policy are about its own data: the owner works under the consent it was given. Of another's
     * data a platform gets, besides, no more than the policy lets a merchant have: who is given data through an agreement
     * does not become its analyst by that.
     */
    private Optional<Code> refusedOfOthers(Actor actor, Asked asked, Plan plan) {
        var others = askings(asked).stream()
                .filter(asking -> !asking.dataset().owner().equals(actor.party()))
                .toList();
        if (actor.role() != Role.PLATFORM || others.isEmpty()) {
            return Optional.empty();
        }
        var ids = others.stream().map(asking -> asking.dataset().id()).toList();
        var uses =
                plan.uses().stream().filter(use -> ids.contains(use.dataset())).toList();
        // As if approved: what approvals are needed is found out for the whole plan.
        return admission(others, Role.MERCHANT.policyRole(), asked, Question.APPROVALS_MAX)
                .decide(new Plan(plan.query(), plan.release(), uses))
                .refused();
    }

    private PlanRequest.Input input(Actor actor, Asked.Source source) {
        Dataset dataset = declared(source.snapshot());
        boolean own = dataset.owner().equals(actor.party());
        return new PlanRequest.Input(
                dataset,
                source.snapshot().version(),
                source.snapshot().rowsMost(),
                own,
                own ? units(source) : OptionalLong.empty());
    }

    private static OptionalLong units(Asked.Source source) {
        return source.attachment().stream().mapToLong(Attachment::units).findFirst();
    }

    /** What stands against a question beside plan and policy: only types that work under encryption know of anything. */
    Optional<Code> obstacle(Handle tx, Actor actor, Prepared prepared) {
        return prepared.type() instanceof SealedJobType sealed
                ? sealed.obstacle(
                        tx, actor.party(), prepared.plan(), prepared.asked().snapshots())
                : Optional.empty();
    }

    /** The type of a job that was sealed. */
    SealedJobType sealedType(JobRow job) {
        if (types.named(job.request().type()) instanceof SealedJobType sealed) {
            return sealed;
        }
        throw new IllegalStateException("a job that waits for shares, of a type that has none");
    }

    /** What the policy in force says now of a job, with the approvals it has. */
    Admission.Verdict decide(JobRow job, Prepared prepared) {
        return decide(job.actor(), prepared, job.approvals());
    }

    /** What the policy in force says now. A role without a data right is asked as missing, and denied. */
    Admission.Verdict decide(Actor actor, Prepared prepared, int approvals) {
        return admission(askings(prepared.asked()), actor.role().policyRole(), prepared.asked(), approvals)
                .decide(prepared.plan());
    }

    /**
     * Whose approval the plan needs before it may run; nobody's, or nobody's would help, when empty. A tag of level 4 is summed
     * with the consent of every owner; a rule of the policy may ask for more approvals than there are owners, or for some of
     * any other plan.
     */
    Optional<Approvers> approvers(Actor actor, Prepared prepared) {
        var owners = askings(prepared.asked()).stream()
                .map(asking -> asking.dataset().owner())
                .distinct()
                .toList();
        boolean byLevel = prepared.plan().uses().stream().anyMatch(ColumnUse::encrypted);
        OptionalInt byPolicy = approvalsOfThePolicy(actor, prepared);
        if (byPolicy.isEmpty() || (byPolicy.getAsInt() == 0 && !byLevel)) {
            return Optional.empty();
        }
        return Optional.of(new Approvers(owners, Math.max(byPolicy.getAsInt(), owners.size())));
    }

    /** The least number of approvals with which the policy permits the plan; empty when none does. */
    private OptionalInt approvalsOfThePolicy(Actor actor, Prepared prepared) {
        if (decide(actor, prepared, Approvers.NEEDED_MAX).refused().isPresent()) {
            return OptionalInt.empty();
        }
        return IntStream.rangeClosed(0, Approvers.NEEDED_MAX)
                .filter(count -> decide(actor, prepared, count).refused().isEmpty())
                .findFirst();
    }

    /** True when the plan does anything with a column of level 4 or 5; one that is not declared counts as such. */
    boolean touchesIdentifying(Prepared prepared) {
        return prepared.plan().uses().stream()
                .anyMatch(use -> prepared.asked().sources().stream()
                        .filter(source -> source.id().equals(use.dataset()))
                        .findFirst()
                        .flatMap(source -> declared(source.snapshot()).column(use.column()))
                        .map(Column::level)
                        .orElse(Level.UNLABELLED)
                        .atLeast(Level.L4));
    }

    private List<Admission.Asking> askings(Asked asked) {
        return asked.sources().stream()
                .map(source -> new Admission.Asking(
                        declared(source.snapshot()), source.reference().purpose()))
                .toList();
    }

    private Admission admission(List<Admission.Asking> askings, Optional<PolicyRole> role, Asked asked, int approvals) {
        return new Admission(
                catalog.policy(),
                askings,
                role,
                asked.region(),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                approvals);
    }

    /** The declaration in force, which the catalogue has found to fit the version. */
    private Dataset declared(Snapshot snapshot) {
        return catalog.policy().datasets().getOrDefault(snapshot.id(), snapshot.dataset());
    }
}
