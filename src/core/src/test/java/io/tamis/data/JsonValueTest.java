package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values built by hand rather than parsed: what cannot be written must not be built either. */
class JsonValueTest {
    private static final Json.Obj PERSON = Json.object()
            .put("role", "merchant")
            .put("age", 7)
            .put("known", true)
            .build();

    @Test
    void object_keepsTheOrderGivenAndSortsWhenWritten() {
        assertEquals(
                List.of("role", "age", "known"), List.copyOf(PERSON.members().keySet()));
        assertEquals("{\"age\":7,\"known\":true,\"role\":\"merchant\"}", PERSON.canonical());
    }

    @Test
    void objects_areEqualWhateverTheirOrder() {
        var other = Json.object()
                .put("known", true)
                .put("age", 7)
                .put("role", "merchant")
                .build();
        assertEquals(PERSON, other);
        assertEquals(PERSON.hashCode(), other.hashCode());
        assertNotEquals(PERSON, other.with("age", Json.of(8)));
    }

    @Test
    void with_andWithout_leaveTheFirstAsItIs() {
        assertEquals(
                "{\"age\":7,\"known\":false,\"role\":\"merchant\"}",
                PERSON.with("known", Json.of(false)).canonical());
        assertEquals("{\"age\":7}", PERSON.without("role", "known", "absent").canonical());
        assertEquals(3, PERSON.members().size());
    }

    @Test
    void member_thatIsAbsent_isEmpty() {
        assertEquals(Optional.of(Json.of(7)), PERSON.member("age"));
        assertEquals(Optional.empty(), PERSON.member("Age"));
    }

    @Test
    void object_cannotBeChangedFromOutside() {
        var members = new LinkedHashMap<String, Json>(Map.of("a", Json.of(1)));
        var object = new Json.Obj(members);
        members.put("b", Json.of(2));
        assertEquals("{\"a\":1}", object.canonical());
        assertThrows(UnsupportedOperationException.class, () -> object.members().clear());
    }

    @Test
    void array_cannotBeChangedFromOutside() {
        var items = new ArrayList<Json>(List.of(Json.of(1)));
        var array = Json.array(items);
        items.add(Json.of(2));
        assertEquals("[1]", array.canonical());
        assertThrows(UnsupportedOperationException.class, () -> array.items().clear());
    }

    @Test
    void builder_putsWhatIsPresentOnly() {
        assertEquals(
                "{\"a\":\"x\"}",
                Json.object()
                        .putIfPresent("a", Optional.of("x"))
                        .putIfPresent("b", Optional.empty())
                        .build()
                        .canonical());
        assertEquals("{}", Json.object().build().canonical());
    }

    @Test
    void builder_usedOn_doesNotChangeWhatWasBuilt() {
        var builder = Json.object().put("a", 1);
        var first = builder.build();
        builder.put("b", 2);
        assertEquals("{\"a\":1}", first.canonical());
    }

    @Test
    void strings_makeAnArray() {
        assertEquals("[\"a\",\"b\"]", Json.strings(List.of("a", "b")).canonical());
        assertEquals("[]", Json.strings(List.of()).canonical());
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 53, -(1L << 53), Long.MAX_VALUE, Long.MIN_VALUE})
    void integer_beyondWhatEveryReaderHolds_isRefused(long value) {
        assertThrows(DataException.class, () -> Json.of(value));
        assertThrows(DataException.class, () -> Json.object().put("a", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "\udc00", "a\ud800", "\ud800a", "\udc00\ud800", "\ud800\ud800\udc00"})
    void string_withALoneSurrogate_isRefused(String text) {
        assertThrows(DataException.class, () -> Json.of(text));
        assertThrows(DataException.class, () -> new Json.Obj(Map.of(text, Json.of(1))));
    }

    @Test
    void string_withAPair_isWrittenAsUtf8() {
        byte[] bytes = Json.of("\ud83d\ude00").canonicalBytes();
        assertEquals(6, bytes.length);
        assertEquals("\"\ud83d\ude00\"", new String(bytes, StandardCharsets.UTF_8));
    }

    /** RFC 8785 section 3.2.2.2: the short escapes where there are some, else lower-case hexadecimal, else as it is. */
    @ParameterizedTest
    @CsvSource({
        "8, \\b",
        "9, \\t",
        "10, \\n",
        "12, \\f",
        "13, \\r",
        "0, \\u0000",
        "11, \\u000b",
        "31, \\u001f",
        "34, \\\"",
        "92, \\\\",
    })
    void character_thatNeedsAnEscape_hasTheShortestOne(int code, String escape) {
        assertEquals("\"" + escape + "\"", Json.of(String.valueOf((char) code)).canonical());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, '/', '\'', 0x7f, 0x80, 0xa0, 0x2028, 0xfeff, 0xffff})
    void character_thatNeedsNone_isWrittenAsItIs(int code) {
        String text = String.valueOf((char) code);
        assertEquals("\"" + text + "\"", Json.of(text).canonical());
    }

    @Test
    void values_ofDifferentKinds_areDifferent() {
        List<Json> values = List.of(
                Json.of("1"),
                Json.of(1),
                Json.of(true),
                new Json.Null(),
                Json.array(List.of()),
                Json.object().build());
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < values.size(); j++) {
                assertEquals(i == j, values.get(i).equals(values.get(j)));
            }
        }
    }
}
