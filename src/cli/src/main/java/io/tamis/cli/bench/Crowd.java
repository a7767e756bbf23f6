package io.tamis.cli.bench;

import io.tamis.cli.client.ClientException;
import io.tamis.data.DatasetId;
import io.tamis.data.PartyId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Users of nobody's platforms: rows that fit {@code policies/datasets/*-users.yaml}, one a person, always the same ones.
 * Persons come in groups of {@link #GROUP}, of which each platform has 20: 4 are on all three, 5 on each two of them and 6 on
 * each alone, so 45 % of a platform's are on another one. Each platform writes phones in its own way.
 */
enum Crowd {
    SHOP(
            1,
            "shop",
            "phone,resident_id,friends_band,favourite_category,orders_90d,spend_90d_cny,city_tier,age_band,"
                    + "joined_on,member_plan") {
        @Override
        void row(long person, StringBuilder line) {
            line.append(phone(person)).append(RESIDENT).append(",20-49,c");
            line.append(person % 100)
                    .append(',')
                    .append(person % 31)
                    .append(',')
                    .append(person % 3_000);
            common(person, line.append(".50,")).append(",plus");
        }
    },
    VIDEO(
            2,
            "video",
            "phone,favourite_category,watch_minutes_30d,active_days_30d,city_tier,age_band,joined_on,subscription") {
        @Override
        void row(long person, StringBuilder line) {
            spaced(person, line.append("+86 "), '-').append(",c").append(person % 100);
            line.append(',')
                    .append(person % 3_001)
                    .append(',')
                    .append(person % 31)
                    .append(',');
            common(person, line).append(",monthly");
        }
    },
    MESSENGER(
            4,
            "messenger",
            "phone,resident_id,contacts_band,messages_30d,active_days_30d,city_tier,age_band,joined_on") {
        @Override
        void row(long person, StringBuilder line) {
            spaced(person, line.append("0086 "), ' ').append(RESIDENT).append(",20-49,");
            common(
                    person,
                    line.append(person % 3_001).append(',').append(person % 31).append(','));
        }
    };

    /** Persons of whom each platform has {@link #OF_GROUP}. */
    static final int GROUP = 37;

    /** How many of a group each platform has. */
    static final int OF_GROUP = 20;

    /** How many of a group are on all platforms. */
    static final int ON_ALL = 4;

    /** Which platforms the persons of a group are on, as the sum of their bits. */
    private static final int[] MEMBERSHIPS = memberships();

    /** Prime, and no divisor of the numbers there are: every step is another phone, in an order that is not theirs. */
    private static final long STEP = 7_654_321;

    private static final long NUMBERS = 100_000_000;
    private static final String RESIDENT = ",990000200201220006";
    private static final String[] AGES = {"18-24", "25-34", "35-44", "45-54", "55+"};
    private static final String[] DAYS = LocalDate.of(2020, 1, 1)
            .datesUntil(LocalDate.of(2026, 1, 1))
            .map(LocalDate::toString)
            .toArray(String[]::new);

    private final int bit;
    private final String party;
    private final String header;

    Crowd(int bit, String party, String header) {
        this.bit = bit;
        this.party = party;
        this.header = header;
    }

    PartyId owner() {
        return new PartyId(party);
    }

    DatasetId dataset() {
        return new DatasetId(party + "-users");
    }

    /** Writes so many persons. */
    void write(Path file, int persons) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write((header + "\n").getBytes(StandardCharsets.US_ASCII));
            var line = new StringBuilder();
            int left = persons;
            for (long person = 0; left > 0; person++) {
                if ((MEMBERSHIPS[(int) (person % GROUP)] & bit) != 0) {
                    left--;
                    line.setLength(0);
                    row(person, line);
                    out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException full) {
            throw ClientException.usage("cannot write " + file);
        }
    }

    abstract void row(long person, StringBuilder line);

    private static long phone(long person) {
        // 138 and eight digits: the form of a Chinese mobile number.
        return 13_800_000_000L + person * STEP % NUMBERS;
    }

    private static StringBuilder spaced(long person, StringBuilder line, char between) {
        String phone = Long.toString(phone(person));
        return line.append(phone, 0, 3)
                .append(between)
                .append(phone, 3, 7)
                .append(between)
                .append(phone, 7, 11);
    }

    /** What all platforms know: city tier, age band, day of joining. */
    private static StringBuilder common(long person, StringBuilder line) {
        long mixed = person / GROUP;
        return line.append('T')
                .append(1 + mixed % 5)
                .append(',')
                .append(AGES[(int) (mixed / 5 % AGES.length)])
                .append(',')
                .append(DAYS[(int) (person % DAYS.length)]);
    }

    private static int[] memberships() {
        var memberships = new int[GROUP];
        int[][] counts = {{7, ON_ALL}, {3, 5}, {5, 5}, {6, 5}, {1, 6}, {2, 6}, {4, 6}};
        int next = 0;
        for (int[] count : counts) {
            for (int i = 0; i < count[1]; i++) {
                memberships[next++] = count[0];
            }
        }
        return memberships;
    }
}
