package io.tamis.cli.audit;

import io.tamis.cli.chain.Notarised;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.log.VerifierKey;
import io.tamis.log.Witnesses;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be audited, and against what.
 *
 * @param logs folders of exports: one log, or the logs of several years in their order
 * @param keys what must have signed: of each log all keys that bear its name, and at least one does
 * @param witnesses who must have cosigned the newest log's checkpoint
 * @param chain where the newest log is anchored, as the auditor's own node tells it
 * @param state where an earlier audit left off, and where this one is to
 * @param atLeast a size that the newest log is known to have had
 */
public record AuditRequest(
        List<Path> logs,
        List<VerifierKey> keys,
        Witnesses witnesses,
        Optional<Notarised> chain,
        Optional<Path> state,
        long atLeast) {
    /** Most logs at once. */
    public static final int LOGS_MAX = 100;

    public AuditRequest {
        logs = List.copyOf(logs);
        keys = List.copyOf(keys);
        Objects.requireNonNull(witnesses);
        Objects.requireNonNull(chain);
        Objects.requireNonNull(state);
        if (logs.isEmpty() || logs.size() > LOGS_MAX || keys.isEmpty() || atLeast < 0) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** An audit of one log against its key alone. */
    public static AuditRequest of(Path log, VerifierKey key) {
        return new AuditRequest(List.of(log), List.of(key), Witnesses.none(), Optional.empty(), Optional.empty(), 0);
    }

    /** The same with a size that is known. */
    public AuditRequest atLeast(long size) {
        return new AuditRequest(logs, keys, witnesses, chain, state, size);
    }
}
