package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentIdsTest {
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 12, 31);
    private static final int[] BAND_FROM = {18, 25, 35, 45, 55, 85};

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The examples of GB 11643-1999 itself. */
    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "440524188001010014"})
    void check_ofTheStandardsExamples_isTheirs(String id) {
        assertEquals(id.charAt(17), (char) ResidentIds.check(bytes(id)));
    }

    /** ISO 7064 by its definition, another way than the code's: the weighted sum with the check digit is 1 mod 11. */
    @Test
    void check_ofAnyPerson_holds() {
        var world = new World(new Seed(42), 20_000);
        for (long i = 0; i < world.persons(); i++) {
            String id = new String(ResidentIds.of(world.person(i)), StandardCharsets.US_ASCII);
            int remainder = 0;
            for (int at = 0; at < 18; at++) {
                int digit = id.charAt(at) == 'X' ? 10 : id.charAt(at) - '0';
                remainder = (remainder * 2 + digit) % 11;
            }
            assertEquals(1, remainder, id);
        }
    }

    @Test
    void region_ofAnyPerson_isNoProvince() {
        var world = new World(new Seed(42), 5_000);
        for (long i = 0; i < world.persons(); i++) {
            String id = new String(ResidentIds.of(world.person(i)), StandardCharsets.US_ASCII);
            assertTrue(id.matches("99[0-9]{15}[0-9X]"), id);
        }
    }

    @Test
    void birthday_fitsTheAgeBand() {
        var world = new World(new Seed(42), 50_000);
        var ages = new HashSet<Integer>();
        for (long i = 0; i < world.persons(); i++) {
            Person person = world.person(i);
            LocalDate born = ResidentIds.born(person);
            int age = Period.between(born, LAST_DAY).getYears();
            assertTrue(age >= BAND_FROM[person.ageBand()] && age < BAND_FROM[person.ageBand() + 1], () -> born + "");
            ages.add(age);
            String written = new String(ResidentIds.of(person), 6, 8, StandardCharsets.US_ASCII);
            assertEquals(born, LocalDate.parse(written, DateTimeFormatter.BASIC_ISO_DATE));
        }
        assertEquals(85 - 18, ages.size());
    }

    @Test
    void ids_ofManyPersons_areAllDifferent() {
        var world = new World(new Seed(42), 300_000);
        var seen = new HashSet<String>();
        for (long i = 0; i < world.persons(); i++) {
            String id = new String(ResidentIds.of(world.person(i)), StandardCharsets.US_ASCII);
            // Region and sequence alone tell ten million persons apart.
            assertTrue(seen.add(id.substring(2, 6) + id.substring(14, 17)));
        }
    }
}
