package io.tamis.cli.holder;

import io.tamis.holder.Roster;

/** How many openings a ceremony costs its key epoch: every subset of the threshold's size opens once. */
final class Subsets {
    private Subsets() {}

    /** n over t. */
    static int count(Roster roster) {
        long count = 1;
        for (int i = 1; i <= roster.threshold(); i++) {
            count = count * (roster.holders().size() - roster.threshold() + i) / i;
        }
        return Math.toIntExact(count);
    }
}
