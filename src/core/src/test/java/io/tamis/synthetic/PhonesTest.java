package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.DataException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {
    private static final Phones PHONES = new Phones(new Seed(42));

    private static void assertDistinct(LongStream numbers) {
        long[] sorted = numbers.sorted().toArray();
        assertEquals(sorted.length, Arrays.stream(sorted).distinct().count());
    }

    @Test
    void numbers_ofAMillionPersons_areAllDifferent() {
        assertDistinct(LongStream.range(0, 2_000_000).map(n -> PHONES.number(n / 2, (int) (n % 2))));
    }

    @Test
    void numbers_ofPersonsFarApart_areAllDifferent() {
        assertDistinct(LongStream.range(0, 200_000)
                .map(n -> PHONES.number(n * (Phones.PERSONS_MAX / 200_000), (int) (n % 2))));
    }

    /** x -> ax + b mod m is a permutation iff gcd(a, m) = 1: all 2 x 10^8 numbers differ, not only those drawn above. */
    @Test
    void permutation_isOne_byItsFactor() {
        long apart = Math.floorMod(place(1) - place(0), 500_000_000L);
        assertEquals(BigInteger.ONE, BigInteger.valueOf(apart).gcd(BigInteger.valueOf(500_000_000)));
        for (long n = 0; n < 1_000; n++) {
            assertEquals(apart, Math.floorMod(place(n + 1) - place(n), 500_000_000L));
        }
        long last = 2 * Phones.PERSONS_MAX - 1;
        assertEquals(Math.floorMod(place(0) + last * apart, 500_000_000L), place(last), "no overflow at the end");
    }

    /** Where a number stands among the 5 x 10^8. */
    private static long place(long n) {
        String number = Long.toString(PHONES.number(n / 2, (int) (n % 2)));
        int block = Arrays.asList("154", "160", "161", "163", "164").indexOf(number.substring(0, 3));
        return block * 100_000_000L + Long.parseLong(number.substring(3));
    }

    @Test
    void numbers_haveTheFormOfAMobileAndABlockOfNobody() {
        var blocks = new HashMap<String, Integer>();
        for (long person = 0; person < 50_000; person++) {
            String number = Long.toString(PHONES.number(person, (int) (person % 2)));
            assertTrue(number.matches("1[3-9][0-9]{9}"), number);
            blocks.merge(number.substring(0, 3), 1, Integer::sum);
        }
        assertEquals(5, blocks.size());
        // An affine permutation fills blocks evenly, far within these bounds.
        blocks.forEach((block, count) -> assertTrue(count > 9_000 && count < 11_000, block));
    }

    @Test
    void numbers_ofAnotherSeed_areShifted() {
        assertNotEquals(PHONES.number(0, 0), new Phones(new Seed(43)).number(0, 0));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "100000000, 0", "0, -1", "0, 2", "9223372036854775807, 1"})
    void number_ofNobody_isRefused(long person, int slot) {
        assertThrows(DataException.class, () -> PHONES.number(person, slot));
    }

    @Test
    void slots_ofAPlatform_areOfItsOwnShare() {
        var world = new World(new Seed(42), 100_000);
        int video = 0;
        int messenger = 0;
        int together = 0;
        for (long i = 0; i < world.persons(); i++) {
            Person person = world.person(i);
            assertEquals(0, person.phoneSlot(Platform.SHOP));
            assertEquals(0, person.phoneSlot(Platform.BRAND));
            boolean second = person.phoneSlot(Platform.VIDEO) == 1 && person.phoneSlot(Platform.MESSENGER) == 1;
            video += person.phoneSlot(Platform.VIDEO) == 0 ? 1 : 0;
            messenger += person.phoneSlot(Platform.MESSENGER) == 0 ? 1 : 0;
            together += second ? 1 : 0;
        }
        // Six standard deviations of a share among 100,000 are at most .0095.
        assertEquals(.45, video / 1e5, .0095);
        assertEquals(.60, messenger / 1e5, .0095);
        assertEquals(.55 * .40, together / 1e5, .0095);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 99_999_999})
    void phone_ofAPerson_isThatOfItsSlot(long index) {
        Person person = new World(new Seed(42), World.PERSONS_MAX).person(index);
        for (Platform platform : Platform.values()) {
            assertEquals(PHONES.number(index, person.phoneSlot(platform)), person.phone(platform));
        }
    }
}
