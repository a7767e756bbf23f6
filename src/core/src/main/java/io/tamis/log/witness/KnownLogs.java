package io.tamis.log.witness;

import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import java.util.List;

/** The logs a witness was told of. */
public interface KnownLogs {
    /** The keys trusted for the log of this name; none when it is not known. */
    List<VerifierKey> keys(Origin origin);
}
