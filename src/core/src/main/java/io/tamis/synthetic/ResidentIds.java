package io.tamis.synthetic;

import java.time.LocalDate;

/**
 * Numbers of the form of a Chinese resident identity number (GB 11643-1999): region, birthday, sequence, check digit (ISO
 * 7064 MOD 11-2). The region begins with 99, which no province does and none can without a new standard, so that no number
 * is anybody's although its check digit holds.
 */
final class ResidentIds {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";
    private static final int YEAR_DAYS = 365;
    private static final LocalDate LAST_DAY = LocalDate.of(2026, 12, 31);

    /** First and last age of each band; the last band ends at 84. */
    private static final int[] AGES = {18, 25, 35, 45, 55, 85};

    /** Four digits of region and three of sequence, told apart by person among 10^7 neighbours. */
    private static final long CODES = 10_000_000;

    /** Coprime to 10^7, near its golden section. */
    private static final long FACTOR = 6_180_339;

    private ResidentIds() {}

    /** The eighteen characters of a person's number. */
    static byte[] of(Person person) {
        long code = person.index() % CODES * FACTOR % CODES;
        var id = new byte[18];
        id[0] = '9';
        id[1] = '9';
        digits(id, 2, 4, code / 1_000);
        LocalDate born = born(person);
        digits(id, 6, 4, born.getYear());
        digits(id, 10, 2, born.getMonthValue());
        digits(id, 12, 2, born.getDayOfMonth());
        digits(id, 14, 3, code % 1_000);
        id[17] = check(id);
        return id;
    }

    /** A day on which somebody is born who has the age of the band on the year's last day. */
    static LocalDate born(Person person) {
        int band = person.ageBand();
        double u = person.unit(Stream.BIRTHDAY);
        int span = (AGES[band + 1] - AGES[band]) * YEAR_DAYS;
        int daysBefore = (int) (u * span);
        LocalDate youngest = LAST_DAY.minusYears(AGES[band]);
        return youngest.minusYears(daysBefore / YEAR_DAYS).minusDays(daysBefore % YEAR_DAYS);
    }

    static byte check(byte[] id) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (id[i] - '0') * WEIGHTS[i];
        }
        return (byte) CHECK.charAt(sum % 11);
    }

    private static void digits(byte[] id, int from, int count, long value) {
        long left = value;
        for (int at = from + count - 1; at >= from; at--) {
            id[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }
}
