package io.tamis.privacy;

import java.util.List;

/**
 * One declared key: all its possible values, known without looking at any row.
 *
 * @param name the column's name, as shown above the result
 * @param labels the values as shown, in order; the position is the code
 */
public record GroupKey(String name, List<String> labels) {
    public GroupKey {
        labels = List.copyOf(labels);
        PrivacyException.require(!name.isEmpty() && !labels.isEmpty() && labels.size() <= KernelSpec.GROUPS_MAX);
    }
}
