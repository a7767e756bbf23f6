package io.tamis.log;

import io.tamis.data.Hash;

/**
 * The roots of a tree's full subtrees, wherever they are kept. What a proof consists of is the same for every keeper
 * ({@link TreeProofs}).
 */
interface Nodes {
    /** The root of the {@code 2^height} leaves from {@code index * 2^height} on; the tree has all of them. */
    Hash node(int height, long index);
}
