package io.tamis.cli.witness;

import io.tamis.data.Code;
import io.tamis.log.LogException;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import io.tamis.log.witness.KnownLogs;
import io.tamis.log.witness.TrustedLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * The logs a witness knows: a file with a vkey on each line, or with a comment behind a number sign. It is read for every
 * request, so that a new line counts at once; while it cannot be read, the witness answers that it is at fault, and cosigns
 * nothing.
 */
public record LogsFile(Path file, boolean yearly, InstantSource clock) implements KnownLogs {
    private static final long BYTES_MAX = 256 << 10;

    @Override
    public List<VerifierKey> keys(Origin origin) {
        List<VerifierKey> keys = read();
        if (keys.isEmpty()) {
            return List.of();
        }
        var known = yearly ? TrustedLogs.yearly(keys, clock) : TrustedLogs.exactly(keys);
        return known.keys(origin);
    }

    /** All keys in the file; {@code INTERNAL} when it cannot be read or a line is none. */
    public List<VerifierKey> read() {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new LogException(Code.INTERNAL);
            }
            var keys = Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(VerifierKey::parse)
                    .toList();
            if (keys.size() > TrustedLogs.KEYS_MAX) {
                throw new LogException(Code.INTERNAL);
            }
            return keys;
        } catch (IOException unreadable) {
            throw new LogException(Code.INTERNAL, unreadable);
        } catch (LogException malformed) {
            throw new LogException(Code.INTERNAL, malformed);
        }
    }
}
