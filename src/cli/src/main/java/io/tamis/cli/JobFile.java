package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.Shell;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try (InputStream in = file.equals("-") ? shell.in() : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw ClientException.usage("a job is at most 1 MiB: " + file);
            }
            return Json.parse(bytes) instanceof Json.Obj job ? named(job) : notAJob(file);
        } catch (IOException unreadable) {
            throw ClientException.usage("cannot read " + file);
        } catch (DataException malformed) {
            return notAJob(file);
        }
    }

    private static Json named(Json.Obj job) {
        return job.member("jobRequestId").isPresent()
                ? job
                : job.with("jobRequestId", Json.of("cli-" + UUID.randomUUID()));
    }

    private static Json notAJob(String file) {
        throw ClientException.usage("not a JSON object (integers and text only, no floats): " + file);
    }
}
