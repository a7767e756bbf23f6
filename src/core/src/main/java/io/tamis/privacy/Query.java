package io.tamis.privacy;

import io.tamis.data.Hash;

/** A question in canonical form. Two ways to say one thing are one query, so the second is answered from the cache. */
public interface Query {
    /** Names the question. Two queries of one digest are answered by the same numbers, so they must mean the same. */
    Hash digest();
}
