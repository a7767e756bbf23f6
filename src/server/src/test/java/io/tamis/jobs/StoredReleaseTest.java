package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.privacy.Cell;
import io.tamis.privacy.Interval;
import io.tamis.privacy.Release;
import io.tamis.privacy.ReleaseRow;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredReleaseTest {
    @Test
    void read_ofWhatWasWritten_isTheSameRelease() {
        var shown = new Cell.Shown(
                new BigDecimal("-12.5"),
                new BigDecimal("48.99"),
                new Interval(new BigDecimal("-109"), new BigDecimal("84")));
        var release = new Release(List.of(
                new ReleaseRow(0, List.of(shown, new Cell.Suppressed())),
                new ReleaseRow(1, List.of(new Cell.Suppressed(), new Cell.Suppressed()))));
        assertEquals(release, StoredRelease.read(StoredRelease.write(release)));
    }
}
