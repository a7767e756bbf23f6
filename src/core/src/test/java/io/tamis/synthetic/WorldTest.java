package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {
    private static final Seed SEED = new Seed(42);

    /** The design's vector (model-jobs.md, "Synthetic three-platform data"). */
    @Test
    void persons_ofSeed42_areThoseOfTheVector() {
        var world = new World(SEED, 1_000_000);
        int shop = 0;
        int video = 0;
        int both = 0;
        int matched = 0;
        for (long i = 0; i < world.persons(); i++) {
            Person person = world.person(i);
            boolean onShop = person.isOn(Platform.SHOP);
            boolean onVideo = person.isOn(Platform.VIDEO);
            shop += onShop ? 1 : 0;
            video += onVideo ? 1 : 0;
            if (onShop && onVideo) {
                both++;
                matched += person.phone(Platform.SHOP) == person.phone(Platform.VIDEO) ? 1 : 0;
            }
        }
        assertEquals(650_120, shop);
        assertEquals(600_477, video);
        assertEquals(400_263, both);
        assertEquals(.4509, (double) matched / both, .00005);
    }

    @Test
    void person_ofALargerWorld_isTheSame() {
        var small = new World(SEED, 1_000);
        var large = new World(SEED, World.PERSONS_MAX);
        for (long i = 0; i < small.persons(); i++) {
            assertSame(small.person(i), large.person(i));
        }
    }

    @Test
    void persons_askedInAnyOrder_areTheSame() {
        var world = new World(SEED, 500);
        List<Life> inOrder = lives(world, indices(500));
        List<Integer> shuffled = indices(500);
        Collections.shuffle(shuffled, new Random(7));
        List<Life> outOfOrder = lives(world, shuffled);
        for (int at = 0; at < 500; at++) {
            Life first = inOrder.get(shuffled.get(at));
            Life second = outOfOrder.get(at);
            assertSame(first.person(), second.person());
            assertEquals(first.purchases(), second.purchases());
            assertEquals(first.journeys(), second.journeys());
            assertEquals(first.onVideo(), second.onVideo());
            assertEquals(first.onMessenger(), second.onMessenger());
        }
    }

    @Test
    void persons_ofAnotherSeed_areOthers() {
        var one = new World(SEED, 200);
        var other = new World(new Seed(43), 200);
        assertTrue(indices(200).stream()
                .noneMatch(i ->
                        one.person(i).phone(Platform.SHOP) == other.person(i).phone(Platform.SHOP)));
        assertTrue(indices(200).stream()
                .anyMatch(i -> !one.person(i).platforms().equals(other.person(i).platforms())));
    }

    @Test
    void platforms_ofAPerson_areThoseItIsOn() {
        var world = new World(SEED, 100);
        var seen = EnumSet.noneOf(Platform.class);
        for (int i = 0; i < 100; i++) {
            Person person = world.person(i);
            Set<Platform> platforms = person.platforms();
            for (Platform platform : Platform.values()) {
                assertEquals(person.isOn(platform), platforms.contains(platform));
            }
            seen.addAll(platforms);
        }
        assertEquals(EnumSet.allOf(Platform.class), seen);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, World.PERSONS_MAX + 1, Long.MAX_VALUE})
    void world_ofAnImpossibleSize_isRefused(long persons) {
        var refused = assertThrows(DataException.class, () -> new World(SEED, persons));
        assertEquals(Code.INVALID_REQUEST, refused.code());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 10, Long.MAX_VALUE})
    void person_outsideTheWorld_isRefused(long index) {
        var world = new World(SEED, 10);
        assertThrows(DataException.class, () -> world.person(index));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void world_ofAnySeed_hasPersons(long seed) {
        var world = new World(new Seed(seed), 1_000);
        int users = (int) indices(1_000).stream()
                .filter(i -> world.person(i).isOn(Platform.SHOP))
                .count();
        // Binomial(1000, .65): six standard deviations are 91; false alarm under 1e-8 a seed.
        assertEquals(650, users, 91);
    }

    private static void assertSame(Person one, Person other) {
        assertEquals(one.index(), other.index());
        assertEquals(one.affluence(), other.affluence());
        assertEquals(one.platforms(), other.platforms());
        assertEquals(one.cityTier(), other.cityTier());
        assertEquals(one.ageBand(), other.ageBand());
        for (Platform platform : Platform.values()) {
            assertEquals(one.phone(platform), other.phone(platform));
        }
        for (Stream stream : Stream.values()) {
            assertEquals(one.unit(stream), other.unit(stream));
            assertEquals(one.draws(stream).unit(), other.draws(stream).unit());
        }
    }

    private static List<Integer> indices(int count) {
        var indices = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            indices.add(i);
        }
        return indices;
    }

    private static List<Life> lives(World world, List<Integer> indices) {
        return indices.stream().map(i -> Life.of(world.person(i))).toList();
    }
}
