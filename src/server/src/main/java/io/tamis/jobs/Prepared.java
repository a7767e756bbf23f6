package io.tamis.jobs;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.policy.Region;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A planned question over what it will read. */
record Prepared(JobType type, Plan plan, Asked asked) {
    private static final byte[] DOMAIN = "tamis/answer/v2\0".getBytes(StandardCharsets.UTF_8);

    Prepared {
        Objects.requireNonNull(type);
        Objects.requireNonNull(plan);
        Objects.requireNonNull(asked);
    }

    /** What a job row remembers of what it was admitted with. */
    record Key(Hash requestHash, Hash bundleHash, Hash cacheKey, Region region) {}

    /**
     * What an answer is an answer to: plan, versions, price, threshold and agreement. With the merchant it names a cached
     * answer. The agreement is part of it: what one collaboration was told is not told again inside another.
     */
    Hash cacheKey() {
        var canonical = Json.object()
                .put("query", plan.query().digest().hex())
                .put("mechanism", plan.release().loss().mechanism().name())
                .put("price", plan.release().loss().micro())
                .put("minUsers", plan.release().minUsers());
        asked.collaboration()
                .ifPresent(collaboration ->
                        canonical.put("collaboration", collaboration.id().value()));
        var contents = Json.object();
        asked.contents().forEach((dataset, content) -> contents.put(dataset.value(), content.hex()));
        return Hash.sha256(
                DOMAIN, canonical.put("contents", contents.build()).build().canonicalBytes());
    }

    /** What this question costs, and whom. */
    Bill bill(JobRow job) {
        return new Bill(
                job.id(),
                job.actor().party(),
                job.request().collaboration(),
                asked.contents(),
                plan.release().loss(),
                plan.query().digest().hex());
    }
}
