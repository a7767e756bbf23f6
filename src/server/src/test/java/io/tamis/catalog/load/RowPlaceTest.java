package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RowPlaceTest {
    private static final long LINE_MAX = (1L << 44) - 1;

    @Test
    void place_packed_comesBackInOrder() {
        var places = List.of(
                new RowPlace(0, 0),
                new RowPlace(0, 1),
                new RowPlace(0, LINE_MAX),
                new RowPlace(1, 0),
                new RowPlace(1, LINE_MAX),
                new RowPlace(2, 1),
                new RowPlace(ZipParts.PARTS_MAX, LINE_MAX));
        long before = -1;
        for (var place : places) {
            assertEquals(place, RowPlace.unpacked(place.packed()));
            assertTrue(place.packed() > before);
            before = place.packed();
        }
    }

    @Test
    void place_beyondTheLimits_isNone() {
        for (var part : List.of(-1, ZipParts.PARTS_MAX + 1)) {
            assertThrows(LoadException.class, () -> new RowPlace(part, 1));
        }
        for (var line : List.of(-1L, LINE_MAX + 1)) {
            assertThrows(LoadException.class, () -> new RowPlace(0, line));
        }
    }
}
