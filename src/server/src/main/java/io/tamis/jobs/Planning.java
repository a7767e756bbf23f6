package io.tamis.jobs;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.Attachment;
import io.tamis.catalog.collaboration.Collaboration;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.policy.Region;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Turns a request into a plan and asks the policy about it: the same way for a job, a dry run and a release check. */
@Singleton
class Planning {
    /** No cell rests on fewer people than this, whatever anybody declares. */
    private static final int USERS_MIN = 50;

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
        JobType type = types.named(request.type());
        var inputs =
                asked.sources().stream().map(source -> input(actor, source)).toList();
        int minUsers = inputs.stream()
                .mapToInt(input -> input.dataset().minUsers())
                .reduce(Math.max(USERS_MIN, request.minUsers().orElse(0)), Math::max);
        var planRequest =
                new PlanRequest(request.params(), inputs, asked.collaboration().isPresent(), request.loss(), minUsers);
        return switch (type.plan(planRequest)) {
            case Plan plan -> new Outcome.Ready(new Prepared(type, plan, asked));
            case Planned.Refused refused -> new Outcome.Refused(refused.code());
        };
    }

    private PlanRequest.Input input(Actor actor, Asked.Source source) {
        Dataset dataset = declared(source.snapshot());
        boolean own = dataset.owner().equals(actor.party());
        return new PlanRequest.Input(
                dataset, source.snapshot().rowsMost(), own, own ? units(source) : OptionalLong.empty());
    }

    private static OptionalLong units(Asked.Source source) {
        return source.attachment().stream().mapToLong(Attachment::units).findFirst();
    }

    /** What the policy in force says now. A role without a data right is asked as missing, and denied. */
    Admission.Verdict decide(Actor actor, Prepared prepared) {
        var asking = prepared.asked().sources().stream()
                .map(source -> new Admission.Asking(
                        declared(source.snapshot()), source.reference().purpose()))
                .toList();
        return new Admission(
                        catalog.policy(),
                        asking,
                        actor.role().policyRole(),
                        prepared.asked()
                                .collaboration()
                                .map(Collaboration::region)
                                .orElse(Region.DOMESTIC),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .decide(prepared.plan());
    }

    /** The declaration in force, which the catalogue has found to fit the version. */
    private Dataset declared(Snapshot snapshot) {
        return catalog.policy().datasets().getOrDefault(snapshot.id(), snapshot.dataset());
    }
}
