package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.JobId;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parameters that lists and waiting requests share, read strictly. */
final class Pages {
    private static final int LIMIT_MAX = 200;
    private static final int LIMIT_DEFAULT = 50;
    private static final int WAIT_SECONDS_MAX = 20;
    private static final Pattern WAIT = Pattern.compile("wait=([0-9]{1,3})");

    private Pages() {}

    static int limit(String given) {
        if (given == null) {
            return LIMIT_DEFAULT;
        }
        if (!given.matches("[0-9]{1,3}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > LIMIT_MAX) {
            throw new JobsException(Code.INVALID_REQUEST);
        }
        return Integer.parseInt(given);
    }

    static Optional<JobId> cursor(String given) {
        return Optional.ofNullable(given).map(JobId::parse);
    }

    /** A job named in a path: a malformed name is a job that does not exist. */
    static JobId job(String given) {
        try {
            return JobId.parse(given);
        } catch (DataException malformed) {
            throw new JobsException(Code.NOT_FOUND);
        }
    }

    /** RFC 7240 section 4.3; other preferences are ignored, as that RFC wants. */
    static Duration wait(String prefer) {
        if (prefer == null) {
            return Duration.ZERO;
        }
        var wait = WAIT.matcher(prefer);
        return wait.find()
                ? Duration.ofSeconds(Math.min(WAIT_SECONDS_MAX, Integer.parseInt(wait.group(1))))
                : Duration.ZERO;
    }
}
