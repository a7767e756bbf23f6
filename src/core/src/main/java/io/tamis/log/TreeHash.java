package io.tamis.log;

import io.tamis.data.Hash;

/** The hashes of RFC 6962 section 2.1: the first byte keeps leaves and nodes apart, so neither passes for the other. */
final class TreeHash {
    /** The root of the tree without leaves. */
    static final Hash EMPTY = Hash.sha256();

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private TreeHash() {}

    static Hash leaf(byte[] entry) {
        return Hash.sha256(LEAF, entry);
    }

    static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE, left.bytes(), right.bytes());
    }
}
