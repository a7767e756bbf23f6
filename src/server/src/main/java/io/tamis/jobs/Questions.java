package io.tamis.jobs;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.log.ApprovalSubject;
import io.tamis.log.JobQuestion;
import io.tamis.log.Salt;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/**
 * What jobs ask, whole, in the form that owners approve and key holders check. The salt is derived, so that nothing more is
 * stored and every reader is shown the same question; who has the key store can tell a question from its hash.
 */
@Singleton
class Questions {
    private static final byte[] SALT = "tamis/question-salt/v1\0".getBytes(StandardCharsets.UTF_8);

    private final KeyProvider keys;

    Questions(KeyProvider keys) {
        this.keys = keys;
    }

    /** The question of a job whose request is kept, or is in memory yet. */
    JobQuestion of(JobRow job) {
        return new JobQuestion(
                job.id(),
                job.actor().party(),
                job.actor().role(),
                job.region().name(),
                (Json.Obj) Json.parse(job.request().body()),
                Salt.of(keys.mac(KeyName.DATASET_MAC, SALT, job.id().toString().getBytes(StandardCharsets.UTF_8))
                        .bytes()));
    }

    /** What is approved of a job that is decided by this bundle. */
    Hash subject(JobRow job, Hash bundle) {
        return new ApprovalSubject(of(job).hash(), bundle).hash();
    }
}
