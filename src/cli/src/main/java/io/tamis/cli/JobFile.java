package io.tamis.cli;

import io.tamis.cli.client.Shell;
import io.tamis.data.Json;
import java.util.UUID;

/** A job body from a file, or from standard input when the file is called {@code -}. */
final class JobFile {
    /** What the service accepts (docs/api.md). */
    static final int BYTES_MAX = 1 << 20;

    private JobFile() {}

    /**
     * Reads the body. One without a jobRequestId gets a fresh one: sent again, it is then another request, so whoever
     * retries writes the id into the file.
     */
    static Json read(String file, Shell shell) {
        Json.Obj job = JsonFile.read(file, BYTES_MAX, shell);
        return job.member("jobRequestId").isPresent()
                ? job
                : job.with("jobRequestId", Json.of("cli-" + UUID.randomUUID()));
    }
}
