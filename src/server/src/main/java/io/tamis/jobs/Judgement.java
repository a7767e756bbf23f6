package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import java.util.Objects;

/**
 * What an approver sends.
 *
 * @param reason why, for the submitter's records and an auditor's
 * @param subjectHash what the approver has read: of another one nothing is approved
 */
record Judgement(Verdict verdict, String reason, Hash subjectHash) {
    private static final int REASON_MIN = 10;
    private static final int REASON_MAX = 500;

    enum Verdict {
        APPROVED,
        REJECTED
    }

    Judgement {
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(subjectHash);
        if (reason.length() < REASON_MIN || reason.length() > REASON_MAX || reason.isBlank()) {
            throw new JobsException(Code.INVALID_REQUEST);
        }
    }

    static Judgement parse(Json json) {
        var fields = new JsonFields(json);
        var judgement = new Judgement(
                fields.constant("verdict", Verdict.class),
                fields.string("reason", REASON_MAX),
                Hash.parse(fields.string("subjectHash", 2 * Hash.LENGTH)));
        fields.end();
        return judgement;
    }
}
