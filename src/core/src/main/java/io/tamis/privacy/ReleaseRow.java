package io.tamis.privacy;

import java.util.List;

/**
 * What is released of one group.
 *
 * @param group the group's code
 * @param cells one per {@link ReleaseSpec#statistics()}
 */
public record ReleaseRow(int group, List<Cell> cells) {
    public ReleaseRow {
        PrivacyException.require(group >= 0);
        cells = List.copyOf(cells);
    }
}
