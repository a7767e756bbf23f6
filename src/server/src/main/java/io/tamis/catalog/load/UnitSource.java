package io.tamis.catalog.load;

import io.tamis.data.Hash;
import java.io.IOException;
import java.util.List;

/**
 * The persons of one version with their identifiers (L4): for {@code catalog.link}, which turns them into
 * pseudonyms, and {@code catalog.order}, which orders them by a keyed hash, alone. Others pass it on unread. Holds the version's data key until it is closed.
 */
public interface UnitSource extends AutoCloseable {
    /** The version. */
    Hash contentHash();

    /** The buckets that have persons, ascending. */
    List<Integer> buckets();

    /** The persons of one of the buckets, ascending. */
    UnitReader open(int bucket) throws IOException;

    /** Forgets the data key. */
    @Override
    void close();
}
