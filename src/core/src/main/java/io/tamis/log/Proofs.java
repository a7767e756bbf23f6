package io.tamis.log;

import io.tamis.data.Hash;
import java.util.List;

/**
 * The two checks of RFC 9162, sections 2.1.3.2 and 2.1.4.2. They need nothing but their arguments and answer every
 * malformed proof with false. Both end exactly at the top: a proof that is too short or too long is refused.
 */
public final class Proofs {
    /** Longest proof: a tree has fewer than 2^63 leaves. */
    public static final int HASHES_MAX = 63;

    private Proofs() {}

    /** True when the proof shows that the tree has this leaf at this index. */
    public static boolean verifyInclusion(Hash leaf, long index, List<Hash> proof, TreeHead head) {
        if (index < 0 || index >= head.size() || proof.size() > HASHES_MAX) {
            return false;
        }
        long at = index;
        long last = head.size() - 1;
        Hash root = leaf;
        for (Hash hash : proof) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                root = TreeHash.node(hash, root);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                root = TreeHash.node(root, hash);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && root.equals(head.root());
    }

    /** True when the proof shows that the later tree begins with all leaves of the earlier one, which has at least one. */
    public static boolean verifyConsistency(TreeHead earlier, TreeHead later, List<Hash> proof) {
        if (earlier.size() < 1 || earlier.size() > later.size() || proof.size() > HASHES_MAX) {
            return false;
        }
        if (earlier.size() == later.size()) {
            return proof.isEmpty() && earlier.root().equals(later.root());
        }
        if (proof.isEmpty()) {
            return false;
        }
        boolean powerOfTwo = Long.bitCount(earlier.size()) == 1;
        // A power of two is one full subtree, whose root the verifier has already.
        Hash first = powerOfTwo ? earlier.root() : proof.getFirst();
        long at = earlier.size() - 1;
        long last = later.size() - 1;
        while ((at & 1) == 1) {
            at >>= 1;
            last >>= 1;
        }
        Hash earlierRoot = first;
        Hash laterRoot = first;
        for (Hash hash : powerOfTwo ? proof : proof.subList(1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                earlierRoot = TreeHash.node(hash, earlierRoot);
                laterRoot = TreeHash.node(hash, laterRoot);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                laterRoot = TreeHash.node(laterRoot, hash);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && earlierRoot.equals(earlier.root()) && laterRoot.equals(later.root());
    }
}
