package io.tamis.catalog.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkComparisonTest {
    private static final long SEED = 4;
    private static final int MAX = 50;

    @TempDir
    Path temporary;

    @Test
    void differing_ofRandomLists_isTheSizeOfTheSymmetricDifferenceUpToMax() throws IOException {
        for (int run = 0; run < 30; run++) {
            var random = new SplittableRandom(SEED + run);
            Set<String> one = people(random, random.nextInt(200));
            Set<String> other = new HashSet<>(one);
            other.removeAll(people(random, random.nextInt(40)));
            other.addAll(people(random, random.nextInt(40)));
            var union = new HashSet<>(one);
            union.addAll(other);
            var both = new HashSet<>(one);
            both.retainAll(other);
            int expected = union.size() - both.size();
            try (var first = open(one);
                    var second = open(other)) {
                for (int max : new int[] {0, 1, expected - 1, expected, expected + 1, MAX}) {
                    long capped = Math.min(expected, Math.max(max, 0));
                    assertEquals(
                            capped, LinkComparison.differing(first, second, Math.max(max, 0)), "seed " + (SEED + run));
                    assertEquals(
                            capped, LinkComparison.differing(second, first, Math.max(max, 0)), "seed " + (SEED + run));
                }
            }
        }
    }

    /** The attack it is for: all of last time's list but one person, or one more. */
    @Test
    void differing_byOnePerson_isOne() throws IOException {
        var one = people(new SplittableRandom(1), 300);
        for (String changed : List.of("p1", "nobody before")) {
            var other = new HashSet<>(one);
            if (!other.remove(changed)) {
                other.add(changed);
            }
            try (var first = open(one);
                    var second = open(other)) {
                assertEquals(1, LinkComparison.differing(first, second, MAX));
            }
        }
    }

    @Test
    void differing_fromNobody_isEverybodyUpToMax() throws IOException {
        try (var nobody = open(Set.of());
                var everybody = open(people(new SplittableRandom(1), 300))) {
            assertEquals(0, LinkComparison.differing(nobody, nobody, MAX));
            assertEquals(MAX, LinkComparison.differing(nobody, everybody, MAX));
            assertEquals(everybody.units(), LinkComparison.differing(everybody, nobody, Long.MAX_VALUE));
        }
    }

    /** Not comparable any more must not look like equal. */
    @Test
    void differing_fromADamagedSet_isRefused() throws IOException {
        var people = people(new SplittableRandom(1), 300);
        var linked = Links.derive(
                Files.createTempDirectory(temporary, "l"), new ListedUnits(List.copyOf(people)), Links.SCOPE);
        Path last = linked.folder().resolve(LinkIndex.partFile(LinkSet.PARTS - 1));
        byte[] bytes = Files.readAllBytes(last);
        bytes[bytes.length - 1] ^= 1;
        Files.write(last, bytes);
        try (var set = open(people);
                var damaged = linked.open()) {
            assertThrows(LinkException.class, () -> LinkComparison.differing(set, damaged, MAX));
            assertThrows(LinkException.class, () -> LinkComparison.differing(damaged, set, MAX));
        }
    }

    private LinkSet open(Set<String> people) throws IOException {
        Path folder = Files.createTempDirectory(temporary, "l");
        return Links.derive(folder, new ListedUnits(new ArrayList<>(people)), Links.SCOPE)
                .open();
    }

    private static Set<String> people(SplittableRandom random, int count) {
        var people = new HashSet<String>();
        for (int i = 0; i < count; i++) {
            people.add("p" + random.nextInt(300));
        }
        return people;
    }
}
