package io.tamis.privacy;

import java.util.HashSet;
import java.util.List;

/**
 * How one job wants the canonical answer shown. Names and orders live here and not in the plan, so that a renamed or
 * reordered question is the same question: it finds the cached release and pays nothing.
 *
 * @param keyOrder positions of the plan's keys in the order the job named them
 * @param columns the job's measures in its order
 */
public record Layout(List<Integer> keyOrder, List<Named> columns) {
    /** Greatest number of measures of a job. */
    public static final int COLUMNS_MAX = 8;

    /** Greatest number of group keys of a job. */
    public static final int KEYS_MAX = 3;

    /**
     * A measure under the job's own name.
     *
     * @param id the name the job chose
     * @param statistic index into {@link ReleaseSpec#statistics()}
     */
    public record Named(String id, int statistic) {
        /** Greatest length of an id. */
        public static final int ID_LENGTH_MAX = 64;

        public Named {
            PrivacyException.require(!id.isEmpty() && id.length() <= ID_LENGTH_MAX && statistic >= 0);
        }
    }

    public Layout {
        keyOrder = List.copyOf(keyOrder);
        columns = List.copyOf(columns);
        var ids = new HashSet<String>();
        PrivacyException.require(!columns.isEmpty() && columns.size() <= COLUMNS_MAX && keyOrder.size() <= KEYS_MAX);
        PrivacyException.require(columns.stream().allMatch(column -> ids.add(column.id())));
        PrivacyException.require(new HashSet<>(keyOrder).size() == keyOrder.size());
    }
}
