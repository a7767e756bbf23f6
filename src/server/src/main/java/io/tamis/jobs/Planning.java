package io.tamis.jobs;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.data.Role;
import io.tamis.data.Sharing;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Turns a request into a plan and asks the policy about it: the same way for a job, a dry run and a release check. */
@Singleton
class Planning {
    /** No cell rests on fewer people than this, whatever anybody declares. */
    private static final int USERS_MIN = 50;

    private final Catalog catalog;
    private final JobTypes types;
    private final InstantSource clock;
    private final Tick tick;

    Planning(Catalog catalog, JobTypes types, InstantSource clock, Tick tick) {
        this.catalog = catalog;
        this.types = types;
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

    /**
     * The declaration the request is about, if this caller may know of it: its own, or for a merchant one that is declared
     * PUBLISHED.
     */
    Optional<Snapshot> visible(Actor actor, DatasetRef reference) {
        return catalog.snapshot(reference.id(), reference.version())
                .filter(snapshot -> open(actor, declared(snapshot)));
    }

    private static boolean open(Actor actor, Dataset dataset) {
        return dataset.owner().equals(actor.party())
                || (actor.role() == Role.MERCHANT && dataset.sharing() == Sharing.PUBLISHED);
    }

    Outcome plan(JobRequest request, Snapshot snapshot) {
        JobType type = types.named(request.type());
        Dataset dataset = declared(snapshot);
        int minUsers = Math.max(
                USERS_MIN, Math.max(dataset.minUsers(), request.minUsers().orElse(0)));
        return switch (type.plan(
                new PlanRequest(request.params(), dataset, snapshot.rowsMost(), request.rho(), minUsers))) {
            case Plan plan -> new Outcome.Ready(new Prepared(type, plan, snapshot));
            case Planned.Refused refused -> new Outcome.Refused(refused.code());
        };
    }

    /** What the policy in force says now. A role without a data right is asked as missing, and denied. */
    Admission.Verdict decide(Actor actor, JobRequest request, Prepared prepared) {
        return new Admission(
                        catalog.policy(),
                        declared(prepared.snapshot()),
                        request.dataset().purpose(),
                        actor.role().policyRole(),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .decide(prepared.plan());
    }

    /** The declaration in force, which the catalogue has found to fit the version. */
    private Dataset declared(Snapshot snapshot) {
        return catalog.policy().datasets().getOrDefault(snapshot.id(), snapshot.dataset());
    }
}
