package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are part of paths, SQL, URLs and logs: what is not of their form must not exist as a value. */
class IdsTest {
    private static final Map<String, Function<String, Object>> KINDS = Map.of(
            "dataset", DatasetId::new,
            "party", PartyId::new,
            "department", DepartmentId::new,
            "person", PersonId::new,
            "collaboration", CollaborationId::new,
            "column", ColumnName::new,
            "semantic", Semantic::new);

    private static final Map<String, List<String>> GOOD = Map.of(
            "dataset", List.of("a", "cdnow", "shop-users", "a1-2b"),
            "party", List.of("a", "brand-a", "shop1"),
            "department", List.of("legal", "data-platform"),
            "person", List.of("u-1044", "U", "9", "a.b_c-d"),
            "collaboration", List.of("none", "c_018f", "spring-26A"),
            "column", List.of("a", "amount_usd", "A9"),
            "semantic", List.of("A", "CN_MOBILE", "X9"));

    /** Refused by every kind: they leave folders, end lines, quote, hide, or are too long. */
    private static final List<String> BAD_EVERYWHERE = List.of(
            "",
            " ",
            "a b",
            "a/b",
            "../a",
            ".",
            "..",
            "a\n",
            "\na",
            "a\u0000",
            "a\tb",
            "a'b",
            "a\"b",
            "a;b",
            "a%2f",
            "a\u00e9",
            "\u0430",
            "a\u200b",
            "-a",
            "_a",
            "a".repeat(65),
            "A".repeat(65));

    private static final Map<String, List<String>> BAD = Map.of(
            "dataset", List.of("A", "aB", "1a", "a_b", "a.b"),
            "party", List.of("Brand", "1a", "a_b", "a.b"),
            "department", List.of("Legal", "9", "a.b"),
            "person", List.of(".a", "a@b"),
            "collaboration", List.of("C_1", "9c", "c.1"),
            "column", List.of("9a", "a-b", "a.b"),
            "semantic", List.of("cn", "9A", "A-B", "a"));

    @TestFactory
    Stream<DynamicTest> name_ofItsForm_isKept() {
        return KINDS.entrySet().stream()
                .flatMap(kind -> GOOD.get(kind.getKey()).stream()
                        .map(text -> DynamicTest.dynamicTest(
                                kind.getKey() + " " + text,
                                () -> assertEquals(
                                        text, kind.getValue().apply(text).toString()))));
    }

    @TestFactory
    Stream<DynamicTest> name_ofAnotherForm_isRefused() {
        return KINDS.entrySet().stream()
                .flatMap(kind -> Stream.concat(BAD_EVERYWHERE.stream(), BAD.get(kind.getKey()).stream())
                        .map(text -> DynamicTest.dynamicTest(
                                kind.getKey() + " " + text.replaceAll("[^ -~]", "?"),
                                () -> assertEquals(
                                        Code.INVALID_REQUEST,
                                        assertThrows(
                                                        DataException.class,
                                                        () -> kind.getValue().apply(text))
                                                .code()))));
    }

    @Test
    void name_ofTheGreatestLength_isKept() {
        assertEquals(64, new DatasetId("a".repeat(64)).value().length());
        assertEquals(64, new ColumnName("a".repeat(64)).value().length());
        assertEquals(64, new Semantic("A".repeat(64)).value().length());
    }

    @Test
    void names_areOrderedAsText() {
        assertTrue(new DatasetId("a").compareTo(new DatasetId("b")) < 0);
        assertTrue(new PartyId("b").compareTo(new PartyId("a")) > 0);
        assertEquals(0, new ColumnName("x").compareTo(new ColumnName("x")));
        assertTrue(new Semantic("A").compareTo(new Semantic("AB")) < 0);
    }

    @Test
    void eventId_throughItsText_isTheSame() {
        var id = EventId.parse("0190163d-8694-739b-aea5-966c26f8ad90");
        assertEquals("0190163d-8694-739b-aea5-966c26f8ad90", id.toString());
        assertArrayEquals(
                new byte[] {
                    0x01,
                    (byte) 0x90,
                    0x16,
                    0x3d,
                    (byte) 0x86,
                    (byte) 0x94,
                    0x73,
                    (byte) 0x9b,
                    (byte) 0xae,
                    (byte) 0xa5,
                    (byte) 0x96,
                    0x6c,
                    0x26,
                    (byte) 0xf8,
                    (byte) 0xad,
                    (byte) 0x90
                },
                id.bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0190163d",
                "0190163D-8694-739B-AEA5-966C26F8AD90",
                "190163d-8694-739b-aea5-966c26f8ad90",
                "0190163d-8694-739b-aea5-966c26f8ad901",
                "0190163d-8694-739b-aea5-966c26f8ad9g",
                "{0190163d-8694-739b-aea5-966c26f8ad90}",
                " 0190163d-8694-739b-aea5-966c26f8ad90"
            })
    void eventId_inAnotherSpelling_isRefused(String text) {
        assertThrows(DataException.class, () -> EventId.parse(text));
        assertThrows(DataException.class, () -> JobId.parse("job_" + text));
    }

    @Test
    void jobId_hasItsPrefix() {
        var id = JobId.parse("job_0190163d-8694-739b-aea5-966c26f8ad90");
        assertEquals("job_0190163d-8694-739b-aea5-966c26f8ad90", id.toString());
        assertThrows(DataException.class, () -> JobId.parse("0190163d-8694-739b-aea5-966c26f8ad90"));
        assertThrows(DataException.class, () -> JobId.parse("JOB_0190163d-8694-739b-aea5-966c26f8ad90"));
    }

    /** RFC 9562 section 5.7: 48 bits of time, version 7, variant 10. */
    @Test
    void timeOrderedId_carriesTimeVersionAndVariant() {
        var ids = new TimeOrderedIds(() -> Instant.ofEpochMilli(0x0190163d8694L), new PredictableRandom(1));
        UUID id = ids.next();
        assertEquals(0x0190163d8694L, id.getMostSignificantBits() >>> 16);
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
    }

    @Test
    void timeOrderedIds_ofOneMoment_differ() {
        var ids = new TimeOrderedIds(() -> Instant.EPOCH, new PredictableRandom(2));
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertTrue(seen.add(ids.next()));
        }
    }

    @Test
    void timeOrderedIds_ofLaterMoments_sortLater() {
        var random = new PredictableRandom(3);
        UUID earlier = new TimeOrderedIds(() -> Instant.ofEpochMilli(1000), random).next();
        UUID later = new TimeOrderedIds(() -> Instant.ofEpochMilli(1001), random).next();
        assertTrue(earlier.toString().compareTo(later.toString()) < 0);
    }

    @Test
    void hash_throughItsText_isTheSame() {
        // FIPS 180-4: SHA-256 of "abc".
        String hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Hash hash = Hash.sha256(new byte[] {'a'}, new byte[0], new byte[] {'b', 'c'});
        assertEquals(hex, hash.hex());
        assertEquals(hash, Hash.parse(hex));
        assertEquals(hash, Hash.of(hash.bytes()));
        assertEquals(hash.hashCode(), Hash.parse(hex).hashCode());
        assertNotEquals(hash, Hash.sha256());
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                Hash.sha256().toString());
    }

    @Test
    void hash_bytes_cannotBeChangedFromOutside() {
        byte[] bytes = new byte[Hash.LENGTH];
        Hash hash = Hash.of(bytes);
        bytes[0] = 1;
        hash.bytes()[1] = 1;
        assertEquals("0".repeat(64), hash.hex());
    }

    @Test
    void hash_ofAnotherForm_isRefused() {
        assertThrows(DataException.class, () -> Hash.of(new byte[31]));
        assertThrows(DataException.class, () -> Hash.of(new byte[33]));
        for (String text :
                List.of("", "0".repeat(63), "0".repeat(65), "A".repeat(64), "g".repeat(64), "\u0660".repeat(64))) {
            assertThrows(DataException.class, () -> Hash.parse(text));
        }
    }
}
