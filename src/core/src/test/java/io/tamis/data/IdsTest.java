package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdsTest {
    /** What no id may hold: it would end up in a path, a query, a log line or a second spelling. */
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "a b",
            "a\nb",
            "a/b",
            "../a",
            "a'b",
            "a\"b",
            "a;b",
            "a%b",
            "a\u0000b",
            "é",
            "数",
            "-a",
            "_a",
            ".a",
            "a:b",
            "a|b",
            "a,b",
            "a\\b");

    static Stream<Arguments> idTypes() {
        return Stream.of(
                type(PartyId::new, "brand-a", "a", "a1-b2"),
                type(PersonId::new, "u1", "U.x_y-1", "9"),
                type(DepartmentId::new, "marketing", "a-1"),
                type(DatasetId::new, "cdnow", "orders-2"),
                type(ColumnName::new, "amount_usd", "A", "x9"),
                type(CollaborationId::new, "none", "col_0190163D-8694"),
                type(Semantic::new, "CN_MOBILE", "A", "X9"));
    }

    private static Arguments type(Function<String, Object> parse, String... good) {
        return Arguments.of(parse, List.of(good));
    }

    @ParameterizedTest
    @MethodSource("idTypes")
    void id_ofItsForm_isKeptAsItIs(Function<String, Object> parse, List<String> good) {
        for (String text : good) {
            assertEquals(text, parse.apply(text).toString());
            assertEquals(parse.apply(text), parse.apply(text));
        }
    }

    @ParameterizedTest
    @MethodSource("idTypes")
    void id_ofAnotherForm_isRefusedWithoutRepeatingIt(Function<String, Object> parse, List<String> good) {
        for (String text : HOSTILE) {
            var refusal = assertThrows(DataException.class, () -> parse.apply(text), text);
            assertEquals(Code.INVALID_REQUEST, refusal.code());
            assertEquals(Code.INVALID_REQUEST.title(), refusal.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("idTypes")
    void id_ofMoreThan64Characters_isRefused(Function<String, Object> parse, List<String> good) {
        String letter = good.getFirst().substring(0, 1);
        assertEquals(64, parse.apply(letter.repeat(64)).toString().length());
        assertThrows(DataException.class, () -> parse.apply(letter.repeat(65)));
    }

    @Test
    void comparable_ids_sortByText() {
        assertTrue(new PartyId("a").compareTo(new PartyId("b")) < 0);
        assertTrue(new PersonId("a").compareTo(new PersonId("b")) < 0);
        assertTrue(new DepartmentId("a").compareTo(new DepartmentId("b")) < 0);
        assertTrue(new DatasetId("a").compareTo(new DatasetId("b")) < 0);
        assertTrue(new ColumnName("a").compareTo(new ColumnName("b")) < 0);
        assertTrue(new CollaborationId("a").compareTo(new CollaborationId("b")) < 0);
        assertTrue(new Semantic("A").compareTo(new Semantic("B")) < 0);
    }

    @Test
    void eventId_text_hasOneSpelling() {
        String text = "0190163d-8694-739b-aea5-966c26f8ad90";
        assertEquals(text, EventId.parse(text).toString());
        for (String other : new String[] {
            "0190163D-8694-739B-AEA5-966C26F8AD90",
            "0190163d8694739baea5966c26f8ad90",
            "190163d-8694-739b-aea5-966c26f8ad90",
            "{" + text + "}",
            text + " ",
            "",
            "x"
        }) {
            assertThrows(DataException.class, () -> EventId.parse(other), other);
        }
    }

    @Test
    void eventId_bytes_areBigEndian() {
        byte[] bytes = EventId.parse("00010203-0405-0607-0809-0a0b0c0d0e0f").bytes();
        assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, bytes);
    }

    @Test
    void jobId_text_hasItsPrefix() {
        var id = new JobId(UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad90"));
        assertEquals("job_0190163d-8694-739b-aea5-966c26f8ad90", id.toString());
        assertEquals(id, JobId.parse(id.toString()));
        for (String other :
                new String[] {"0190163d-8694-739b-aea5-966c26f8ad90", "job_", "JOB_" + id.value(), "job_x"}) {
            assertThrows(DataException.class, () -> JobId.parse(other), other);
        }
    }

    /** RFC 9562 section 5.7 and the time of its appendix A.6: milliseconds, then version 7, then variant 10. */
    @Test
    void timeOrderedIds_layout_isThatOfTheRfc() {
        var at = Instant.parse("2022-02-22T19:22:22Z");
        Samples.forAll(
                1, 200, seed -> new TimeOrderedIds(() -> at, new PredictableRandom(seed.nextLong())).next(), id -> {
                    assertEquals(0x017F22E279B0L, id.getMostSignificantBits() >>> 16);
                    assertEquals(7, id.version());
                    assertEquals(2, id.variant());
                });
    }

    @Test
    void timeOrderedIds_ofOneMillisecond_differ() {
        var ids = new TimeOrderedIds(() -> Instant.EPOCH, new PredictableRandom(1));
        var seen = new HashSet<UUID>();
        for (int i = 0; i < 10_000; i++) {
            assertTrue(seen.add(ids.next()));
        }
    }

    @Test
    void timeOrderedIds_later_sortAfter() {
        var random = new PredictableRandom(2);
        String before = new TimeOrderedIds(() -> Instant.ofEpochMilli(1_000), random)
                .next()
                .toString();
        String after = new TimeOrderedIds(() -> Instant.ofEpochMilli(1_001), random)
                .next()
                .toString();
        assertTrue(before.compareTo(after) < 0);
    }
}
