package io.tamis.sandbox.audiences;

import io.tamis.catalog.link.LinkCursor;
import io.tamis.catalog.link.LinkSet;

/** Which unit of the collaboration is each person of one dataset, in parts; for use by several threads. */
interface PersonLinks extends AutoCloseable {
    /** Number of persons in all parts. */
    long units();

    /** The persons of one part. */
    LinkCursor part(int part);

    @Override
    void close();

    static PersonLinks of(LinkSet links) {
        return new Opened(links);
    }

    /** The files of an attachment. */
    record Opened(LinkSet links) implements PersonLinks {
        @Override
        public long units() {
            return links.units();
        }

        @Override
        public LinkCursor part(int part) {
            return links.part(part);
        }

        @Override
        public void close() {
            links.close();
        }
    }
}
