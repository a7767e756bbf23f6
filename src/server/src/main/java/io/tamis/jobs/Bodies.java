package io.tamis.jobs;

import io.tamis.data.Code;
import java.io.IOException;
import java.io.InputStream;

/** Reads request bodies up to their limit; one byte more is refused before it is held. */
final class Bodies {
    /** Greatest body but for uploads. */
    static final int BYTES_MAX = 1 << 20;

    private Bodies() {}

    static byte[] read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new JobsException(Code.TOO_LARGE);
            }
            return bytes;
        } catch (IOException brokenOff) {
            throw new JobsException(Code.INVALID_REQUEST);
        }
    }
}
