package io.tamis.holder.ceremony;

import io.tamis.data.Hash;

/** Limits of the members of a body. */
final class Fields {
    static final int HASH_TEXT = 2 * Hash.LENGTH;
    static final int PARTY_MAX = 64;

    private Fields() {}
}
