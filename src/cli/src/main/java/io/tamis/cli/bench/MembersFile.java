package io.tamis.cli.bench;

import io.tamis.cli.client.ClientException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Members of nobody's loyalty programme: rows that fit policies/datasets/brand-members.yaml, one for each person, always the
 * same ones for a number of persons.
 */
final class MembersFile {
    /** Prime, and no divisor of the numbers there are: every step is another person, in an order that is not theirs. */
    private static final long STEP = 7_654_321;

    private static final long NUMBERS = 100_000_000;
    private static final String[] TIERS = {"bronze", "silver", "gold"};

    private MembersFile() {}

    /** Writes so many persons. */
    static void write(Path file, int persons) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write("phone,member_tier,joined_on\n".getBytes(StandardCharsets.US_ASCII));
            var line = new StringBuilder();
            for (int person = 0; person < persons; person++) {
                line.setLength(0);
                // 138 and eight digits: the form of a Chinese mobile number.
                line.append(13_800_000_000L + person * STEP % NUMBERS)
                        .append(',')
                        .append(TIERS[person % TIERS.length])
                        .append(",2026-0")
                        .append(1 + person % 9)
                        .append("-15\n");
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException full) {
            throw ClientException.usage("cannot write " + file);
        }
    }
}
