package io.tamis.log;

import io.tamis.data.Hash;
import java.util.Objects;

/** How many leaves a tree has, and its root. */
public record TreeHead(long size, Hash root) {
    /** The head of the tree without leaves. */
    public static final TreeHead EMPTY = new TreeHead(0, TreeHash.EMPTY);

    public TreeHead {
        Objects.requireNonNull(root);
        if (size < 0 || (size == 0 && !root.equals(TreeHash.EMPTY))) {
            throw LogException.malformed();
        }
    }
}
