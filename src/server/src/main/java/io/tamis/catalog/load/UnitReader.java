package io.tamis.catalog.load;

import java.io.IOException;

/**
 * One bucket's persons, one after the other. For use by one thread. What was read is certain only when {@link #next} has
 * said false: the file is compared with the manifest at its end.
 */
public interface UnitReader extends AutoCloseable {
    /** Goes to the next person; false after the last. INTERNAL when the file is not the manifest's. */
    boolean next() throws IOException;

    /** The person's number in the version. */
    long unitNo();

    /** The normalised identifier in UTF-8, {@link #identifierLength} bytes of it; overwritten by {@link #next}. */
    byte[] identifier();

    /** How many bytes of {@link #identifier} count. */
    int identifierLength();

    @Override
    void close() throws IOException;
}
