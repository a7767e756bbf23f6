package io.tamis.jobs;

import io.tamis.catalog.Snapshot;
import io.tamis.data.Hash;
import io.tamis.privacy.Loss;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A planned question over the version it will read. */
record Prepared(JobType type, Plan plan, Snapshot snapshot) {
    private static final byte[] DOMAIN = "tamis/answer/v1\0".getBytes(StandardCharsets.UTF_8);

    Prepared {
        Objects.requireNonNull(type);
        Objects.requireNonNull(plan);
        Objects.requireNonNull(snapshot);
    }

    /** What a job row remembers of what it was admitted with. */
    record Key(Hash requestHash, Hash bundleHash, Hash cacheKey) {}

    /** What an answer is an answer to: plan, version, mechanism, charge and threshold. With the merchant it names a cached answer. */
    Hash cacheKey() {
        Loss loss = plan.release().loss();
        String parameters =
                loss.mechanism() + "/" + loss.micro() + "/" + plan.release().minUsers();
        return Hash.sha256(
                DOMAIN,
                plan.query().digest().bytes(),
                snapshot.contentHash().bytes(),
                parameters.getBytes(StandardCharsets.US_ASCII));
    }
}
