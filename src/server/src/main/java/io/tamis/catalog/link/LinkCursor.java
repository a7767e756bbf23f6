package io.tamis.catalog.link;

/**
 * One part's persons in ascending order of their collaboration unit, read as unsigned: two cursors of one scope meet in a
 * merge. For use by one thread.
 */
public interface LinkCursor extends AutoCloseable {
    /**
     * Goes to the next person; false after the last. INTERNAL when the part is not whole and as it was derived, when its
     * units do not ascend (a unit twice would be a person counted twice), or after its set was closed.
     */
    boolean next();

    /** The person within the collaboration, semantic and epoch; unsigned. */
    long collaborationUnit();

    /** The same person within the version. */
    long unitNo();

    @Override
    void close();
}
