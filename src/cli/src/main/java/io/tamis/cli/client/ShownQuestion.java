package io.tamis.cli.client;

import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.TamisException;
import io.tamis.log.ApprovalSubject;
import io.tamis.log.JobQuestion;
import io.tamis.log.Salt;
import java.util.Objects;

/**
 * The question of a job as this command read it, and the hash that it made of it: what is printed and what is approved are the
 * same bytes, whatever the service says beside it.
 *
 * @param subject of the question and the bundle the service named
 */
public record ShownQuestion(JobQuestion question, Hash subject) {
    public ShownQuestion {
        Objects.requireNonNull(question);
        Objects.requireNonNull(subject);
    }

    /** The question of this job in the service's answer; SUBJECT_CHANGED when it is not what the service asks approval for. */
    public static ShownQuestion of(JobId job, JsonView answer) {
        try {
            var question = JobQuestion.of(
                    answer.at("question").value(),
                    Salt.parse(answer.at("questionSalt").text()));
            Hash bundle = Hash.parse(answer.at("bundleHash").text());
            Hash subject = new ApprovalSubject(question.hash(), bundle).hash();
            if (question.job().equals(job)
                    && subject.hex().equals(answer.at("subjectHash").text())) {
                return new ShownQuestion(question, subject);
            }
        } catch (TamisException unreadable) {
            throw differs();
        }
        throw differs();
    }

    private static ClientException differs() {
        return new ClientException(
                Code.SUBJECT_CHANGED,
                ExitCode.NO,
                "the service asks approval for something else than it shows; nothing was said. Keep its answer (./tamis job"
                        + " approvals --json) and tell a compliance officer");
    }
}
