package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids against their rule spelled out letter by letter, and event ids against the order they promise. */
class IdPropertyTest {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";

    /** Letters and digits that only look like ours: full width, Cyrillic, dotless, ligature, superscript, combining. */
    private static final String LOOKALIKES = "\uff41\uff11\u0430\u0131\u017f\ufb01\u00b2\u0301\u200b\u00df\u0660";

    static Stream<Arguments> idTypes() {
        String all = LOWER + UPPER + DIGITS;
        return Stream.of(
                type(PartyId::new, LOWER, LOWER + DIGITS + "-"),
                type(DepartmentId::new, LOWER, LOWER + DIGITS + "-"),
                type(DatasetId::new, LOWER, LOWER + DIGITS + "-"),
                type(CollaborationId::new, LOWER, all + "_-"),
                type(ColumnName::new, LOWER + UPPER, all + "_"),
                type(PersonId::new, all, all + "._-"),
                type(Semantic::new, UPPER, UPPER + DIGITS + "_"));
    }

    private static Arguments type(Function<String, Object> parse, String first, String rest) {
        return Arguments.of(parse, first, rest);
    }

    @ParameterizedTest
    @MethodSource("idTypes")
    void id_ofRandomText_isTakenWhenEachLetterMay(Function<String, Object> parse, String first, String rest) {
        String alphabet = (LOWER + UPPER + DIGITS + "._- /\n").repeat(2) + LOOKALIKES + rest.repeat(8);
        Samples.forAll(80_000, 2_000, seed -> text(seed, alphabet), text -> {
            boolean allowed = !text.isEmpty()
                    && first.indexOf(text.charAt(0)) >= 0
                    && text.chars().allMatch(c -> rest.indexOf(c) >= 0);
            if (allowed) {
                assertEquals(text, parse.apply(text).toString());
            } else {
                assertThrows(DataException.class, () -> parse.apply(text), text);
            }
        });
    }

    /** The end of a line is where a regular expression's dollar would let one through. */
    @ParameterizedTest
    @MethodSource("idTypes")
    void id_withANewlineAtItsEnd_isRefused(Function<String, Object> parse, String first, String rest) {
        String good = first.substring(0, 1);
        assertEquals(good, parse.apply(good).toString());
        for (String end : new String[] {"\n", "\r\n", "\r", "\u0085", "\u2028", "\u0000"}) {
            assertThrows(DataException.class, () -> parse.apply(good + end));
        }
    }

    @Test
    void eventId_textAndBytes_sayTheSame() {
        Samples.forAll(81_000, 2_000, seed -> new UUID(seed.nextLong(), seed.nextLong()), uuid -> {
            var id = new EventId(uuid);
            assertEquals(id, EventId.parse(id.toString()));
            var bytes = ByteBuffer.wrap(id.bytes());
            assertEquals(uuid, new UUID(bytes.getLong(), bytes.getLong()));
            assertEquals(new JobId(uuid), JobId.parse("job_" + id));
        });
    }

    /** Damaged text is no id, or is the id it spells: there is no second spelling. */
    @Test
    void eventId_ofDamagedText_isRefusedOrSpelledTheSame() {
        byte[] whole = "0190163d-8694-739b-aea5-966c26f8ad90".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Samples.forAll(
                82_000,
                10_000,
                seed -> new String(Mutations.of(whole, seed), java.nio.charset.StandardCharsets.ISO_8859_1),
                text -> {
                    try {
                        assertEquals(text, EventId.parse(text).toString());
                    } catch (DataException refused) {
                        assertEquals(Code.INVALID_REQUEST, refused.code());
                    }
                });
    }

    /** PostgreSQL orders a uuid by its bytes, a reader by its text: both orders are the order of time. */
    @Test
    void timeOrderedIds_ofRisingTimes_riseAsTextAndAsBytes() {
        var now = new AtomicLong(Instant.parse("2026-11-24T05:00:00Z").toEpochMilli());
        var ids = new TimeOrderedIds(() -> Instant.ofEpochMilli(now.get()), new PredictableRandom(5));
        var before = new EventId(ids.next());
        for (int i = 0; i < 2_000; i++) {
            now.addAndGet(1 + i);
            var after = new EventId(ids.next());
            assertTrue(before.toString().compareTo(after.toString()) < 0);
            assertTrue(Arrays.compareUnsigned(before.bytes(), after.bytes()) < 0);
            before = after;
        }
    }

    @Test
    void timeOrderedIds_ofManyThreads_differ() {
        var ids = new TimeOrderedIds(() -> Instant.EPOCH, new PredictableRandom(6));
        var seen = ConcurrentHashMap.<UUID>newKeySet();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> {
                    for (int j = 0; j < 5_000; j++) {
                        seen.add(ids.next());
                    }
                });
            }
        }
        assertEquals(20_000, seen.size());
    }

    /** Every bit that is not the time, the version or the variant is random: over 64 ids each is seen as 0 and as 1. */
    @Test
    void timeOrderedIds_randomBits_areAllInUse() {
        var ids = new TimeOrderedIds(() -> Instant.EPOCH, new PredictableRandom(7));
        long everHigh = 0;
        long everLow = 0;
        long alwaysHigh = -1;
        long alwaysLow = -1;
        for (int i = 0; i < 64; i++) {
            UUID id = ids.next();
            everHigh |= id.getMostSignificantBits();
            everLow |= id.getLeastSignificantBits();
            alwaysHigh &= id.getMostSignificantBits();
            alwaysLow &= id.getLeastSignificantBits();
        }
        assertEquals(0x7FFFL, everHigh);
        assertEquals(0x7000L, alwaysHigh);
        assertEquals(0xBFFF_FFFF_FFFF_FFFFL, everLow);
        assertEquals(0x8000_0000_0000_0000L, alwaysLow);
    }

    @Test
    void hash_ofRandomBytes_readsBackInEveryForm() {
        Samples.forAll(83_000, 500, seed -> new PredictableRandom(seed.nextLong()).bytes(Hash.LENGTH), bytes -> {
            var hash = Hash.of(bytes);
            assertArrayEquals(bytes, hash.bytes());
            assertEquals(hash, Hash.parse(hash.hex()));
            assertEquals(
                    List.of(hash), List.of(Hash.of(Hash.parse(hash.toString()).bytes())));
        });
    }

    private static String text(SplittableRandom seed, String alphabet) {
        var text = new StringBuilder();
        for (int i = seed.nextInt(7); i > 0; i--) {
            text.append(alphabet.charAt(seed.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
