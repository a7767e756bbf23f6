package io.tamis.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.Samples;
import io.tamis.data.TamisException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The quick reader of lines against the strict one: it may leave a line to that one, and must never take what it refuses. */
class QuickLineTest {
    private final QuickLine quick = new QuickLine();
    private final byte[] leaf = new byte[Hash.LENGTH];

    private boolean takes(byte[] line) {
        return quick.read(line, 0, line.length, leaf, 0);
    }

    /** True when it took the line, which then must be the strict reader's too, with the same content. */
    private boolean agrees(byte[] line) {
        if (!takes(line)) {
            return false;
        }
        var entry = assertInstanceOf(ExportEntry.Present.class, ExportEntry.parse(line), new String(line, UTF_8));
        assertEquals(entry, quick.entry());
        assertEquals(entry.index(), quick.index());
        assertEquals(entry.id().value().getMostSignificantBits(), quick.idHigh());
        assertEquals(entry.id().value().getLeastSignificantBits(), quick.idLow());
        assertEquals(entry.event().type().orElseThrow(), quick.type());
        assertArrayEquals(entry.entry().leaf().bytes(), leaf);
        return true;
    }

    private static byte[] line(long index, Json.Obj body) {
        return new ExportEntry.Present(index, Fixtures.salt(index), new LedgerEvent(body)).line();
    }

    private static Json.Obj body() {
        return Fixtures.event(1).body();
    }

    @Test
    void read_ofAUsualLine_takesIt() {
        for (long index : new long[] {0, 1, 9, 10, 255, 1_000_000, 999_999_999_999_999L}) {
            assertTrue(agrees(line(index, body())), "index " + index);
        }
    }

    /** Every byte changed to every other value: what the strict reader refuses is refused here. */
    @Test
    void read_ofAnyChangedByte_neverTakesWhatTheStrictReaderRefuses() {
        byte[] whole = line(7, body().with("list", Json.array(List.of(Json.of(10), Json.of(-3), Json.of(true)))));
        assertTrue(agrees(whole));
        int taken = 0;
        for (int at = 0; at < whole.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = whole.clone();
                changed[at] = (byte) value;
                taken += agrees(changed) ? 1 : 0;
            }
        }
        // Itself once for each byte, and with the nine other digits of its index, which nothing commits to.
        assertEquals(whole.length + 9, taken);
    }

    @Test
    void read_ofACutOrLongerLine_neverTakesIt() {
        byte[] whole = line(7, body());
        for (int length = 0; length < whole.length; length++) {
            assertFalse(takes(Arrays.copyOf(whole, length)), "length " + length);
        }
        assertFalse(takes(Arrays.copyOf(whole, whole.length + 1)));
    }

    /**
     * Bodies with a genuine commitment, whatever is in them: here the commitment does not help to find what is wrong, as
     * their writer made it. Canonical ones of ASCII are taken, others are the strict reader's.
     */
    @Test
    void read_ofRandomBodies_agreesWithTheStrictReader() {
        var taken = new AtomicInteger();
        var refused = new AtomicInteger();
        Samples.forAll(20261124, 20_000, QuickLineTest::committed, line -> {
            boolean strict = strictTakes(line);
            boolean quickly = agrees(line);
            assertTrue(strict || !quickly, () -> new String(line, UTF_8));
            taken.addAndGet(quickly ? 1 : 0);
            refused.addAndGet(strict ? 0 : 1);
        });
        assertTrue(taken.get() > 1_000, "taken: " + taken);
        assertTrue(refused.get() > 1_000, "refused: " + refused);
    }

    private static boolean strictTakes(byte[] line) {
        try {
            return ExportEntry.parse(line).index() >= 0;
        } catch (TamisException refused) {
            return false;
        }
    }

    /** A line with some body, canonical or not, and the right commitment to its very bytes. */
    private static byte[] committed(SplittableRandom random) {
        String event = random.nextInt(4) == 0 ? spoiled(event(random), random) : event(random);
        var salt = Fixtures.salt(3);
        var id = Fixtures.event(1).id();
        var entry = LogEntry.commit(salt, id, event.getBytes(UTF_8));
        return ("{\"commitment\":\"" + entry.commitment().hex() + "\",\"event\":" + event + ",\"id\":\"" + id
                        + "\",\"index\":3,\"salt\":\"" + salt.hex() + "\"}")
                .getBytes(UTF_8);
    }

    private static String event(SplittableRandom random) {
        var members = new ArrayList<String>();
        members.add("\"at\":\"" + pick(random, TIMES) + "\"");
        members.add("\"id\":\"" + Fixtures.event(1).id() + "\"");
        members.add(
                "\"type\":\"" + pick(random, "job.submitted", "job.submitted", "job.unheard", "budget.charged") + "\"");
        members.add("\"v\":" + pick(random, "1", "1", "1", "1", "1", "1", "2"));
        if (random.nextBoolean()) {
            members.add("\"tenant\":" + pick(random, "\"brand-a\"", "\"brand-a\"", "\"\"", "7"));
        }
        if (random.nextInt(4) == 0) {
            members.add("\"subjectRef\":"
                    + pick(random, "\"" + "0a".repeat(32) + "\"", "\"" + "0A".repeat(32) + "\"", "\"0a\""));
        }
        if (random.nextBoolean()) {
            members.add("\"x\":" + value(random, 0));
        }
        if (random.nextInt(8) != 0) {
            members.sort(null);
        }
        if (random.nextInt(16) == 0) {
            members.removeLast();
        }
        return "{" + String.join(",", members) + "}";
    }

    private static final String[] TIMES = {
        "2026-11-24T05:00:00.000Z",
        "2026-11-24T23:59:59.999Z",
        "2024-02-29T00:00:00.000Z",
        "2026-02-29T00:00:00.000Z",
        "2026-11-31T00:00:00.000Z",
        "2026-13-01T00:00:00.000Z",
        "2026-11-24T24:00:00.000Z",
        "2026-11-24T23:59:60.000Z",
        "1969-12-31T23:59:59.999Z",
        "1970-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z",
        "2026-11-24 05:00:00.000Z",
        "2026-11-24T05:00:00,000Z",
        "2026-11-24T05:00:00.00Z"
    };

    private static String value(SplittableRandom random, int depth) {
        int kind = depth > 20 ? 0 : random.nextInt(8);
        return switch (kind) {
            case 0 ->
                pick(
                        random,
                        "0",
                        "-1",
                        "9007199254740991",
                        "-9007199254740991",
                        "9007199254740992",
                        "-0",
                        "01",
                        "1.0",
                        "1e3",
                        "99999999999999999",
                        "-",
                        "");
            case 1 -> pick(random, "true", "false", "null", "tru", "True");
            case 2 -> quoted(pick(random, TEXTS));
            case 3 -> "[]";
            case 4 -> "{}";
            case 5 -> "[" + value(random, depth + 1) + "," + value(random, depth + 1) + "]";
            case 6 -> "[".repeat(random.nextInt(1, 34)) + "1" + "]".repeat(random.nextInt(1, 34));
            default ->
                "{\"" + pick(random, "a", "b", "aa") + "\":" + value(random, depth + 1) + ",\""
                        + pick(random, "b", "c", "ab", "a") + "\":" + value(random, depth + 1) + "}";
        };
    }

    /** As they stand between quotes. */
    private static final String[] TEXTS = {
        "", "a", "~", "\\u0041", "\u00e9", "\u6838", "\u007f", "\u0001", "\\", "\\" + "n", "\\\\"
    };

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String spoiled(String event, SplittableRandom random) {
        int at = random.nextInt(event.length());
        return event.substring(0, at) + pick(random, " ", "\t", ",", "}", "\"", "0", "") + event.substring(at);
    }

    private static String pick(SplittableRandom random, String... from) {
        return from[random.nextInt(from.length)];
    }

    /** Left to the strict reader, which takes them. */
    @Test
    void read_ofWhatIsUnusual_leavesItToTheStrictReader() {
        for (Json.Obj unusual : List.of(
                body().with("x", Json.of("\u6838\u5fc3")),
                body().with("x", Json.of("a\"b")),
                body().with("type", Json.of("job.unheard-of")),
                body().with("at", Json.of("2026-11-24T23:59:60.000Z")))) {
            byte[] line = line(2, unusual);
            assertFalse(takes(line));
            assertEquals(2, ExportEntry.parse(line).index());
        }
        byte[] erased = new ExportEntry.Erased(0, Fixtures.entries(1).getFirst().entry(), Fixtures.KEY_ID).line();
        assertFalse(takes(erased));
    }
}
