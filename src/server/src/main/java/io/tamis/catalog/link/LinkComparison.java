package io.tamis.catalog.link;

/**
 * How far two attachments of one scope are apart. Two lists that differ by few persons ask about those few: their owner
 * must not be able to attach them both (docs/threat-model.md).
 */
public final class LinkComparison {
    private LinkComparison() {}

    /**
     * Number of units that are in one of the sets and not in the other, or {@code max} if that is less: counting stops
     * there. Both sets are of one scope, else nearly all differ. Exact below {@code max}, so never to be shown.
     */
    public static long differing(LinkSet one, LinkSet other, long max) {
        long differing = 0;
        for (int part = 0; part < LinkSet.PARTS && differing < max; part++) {
            try (var first = one.part(part);
                    var second = other.part(part)) {
                differing += differing(first, second, max - differing);
            }
        }
        return Math.min(differing, max);
    }

    private static long differing(LinkCursor first, LinkCursor second, long max) {
        long differing = 0;
        boolean left = first.next();
        boolean right = second.next();
        while ((left || right) && differing < max) {
            int order = !left ? 1 : !right ? -1 : compare(first, second);
            differing += order == 0 ? 0 : 1;
            left = order <= 0 ? first.next() : left;
            right = order >= 0 ? second.next() : right;
        }
        return differing;
    }

    private static int compare(LinkCursor first, LinkCursor second) {
        return Long.compareUnsigned(first.collaborationUnit(), second.collaborationUnit());
    }
}
