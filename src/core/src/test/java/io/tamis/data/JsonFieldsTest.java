package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
    private static JsonFields of(String json) {
        return new JsonFields(Json.parse(json));
    }

    private static Code refusal(String json, Consumer<JsonFields> read) {
        return assertThrows(DataException.class, () -> read.accept(of(json))).code();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "true", "null"})
    void value_thatIsNoObject_isRefused(String json) {
        assertEquals(Code.INVALID_REQUEST, refusal(json, JsonFields::end));
    }

    @Test
    void string_ofItsLength_isRead() {
        assertEquals("ab", of("{\"a\":\"ab\"}").string("a", 2));
        assertEquals(Optional.of("ab"), of("{\"a\":\"ab\"}").optionalString("a", 2));
        assertEquals(Optional.empty(), of("{}").optionalString("a", 2));
    }

    @Test
    void string_ofAnotherForm_isRefused() {
        assertEquals(Code.INVALID_REQUEST, refusal("{}", fields -> fields.string("a", 9)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":1}", fields -> fields.string("a", 9)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":null}", fields -> fields.string("a", 9)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":\"\"}", fields -> fields.string("a", 9)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":\"\"}", fields -> fields.optionalString("a", 9)));
        assertEquals(Code.TOO_LARGE, refusal("{\"a\":\"abc\"}", fields -> fields.string("a", 2)));
    }

    @Test
    void length_isCountedInUtf16() {
        assertEquals("\ud83d\ude00", of("{\"a\":\"\ud83d\ude00\"}").string("a", 2));
        assertEquals(Code.TOO_LARGE, refusal("{\"a\":\"\ud83d\ude00\"}", fields -> fields.string("a", 1)));
    }

    @Test
    void integer_withinItsLimits_isRead() {
        assertEquals(3, of("{\"a\":3}").integer("a", 3, 3));
        assertEquals(-5, of("{\"a\":-5}").integer("a", -5, 5));
        assertEquals(OptionalLong.of(5), of("{\"a\":5}").optionalInteger("a", -5, 5));
        assertEquals(OptionalLong.empty(), of("{}").optionalInteger("a", -5, 5));
    }

    @Test
    void integer_ofAnotherForm_isRefused() {
        assertEquals(Code.INVALID_REQUEST, refusal("{}", fields -> fields.integer("a", 0, 9)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":10}", fields -> fields.integer("a", 0, 9)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":-1}", fields -> fields.integer("a", 0, 9)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":\"1\"}", fields -> fields.integer("a", 0, 9)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":null}", fields -> fields.optionalInteger("a", 0, 9)));
    }

    @Test
    void flag_isFalseWhenAbsentAndABooleanOtherwise() {
        assertFalse(of("{}").flag("a"));
        assertFalse(of("{\"a\":false}").flag("a"));
        assertTrue(of("{\"a\":true}").flag("a"));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":1}", fields -> fields.flag("a")));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":\"true\"}", fields -> fields.flag("a")));
    }

    @Test
    void object_isReadByItsOwnReader() {
        assertEquals(1, of("{\"a\":{\"b\":1}}").object("a").integer("b", 0, 1));
        assertTrue(of("{}").optionalObject("a").isEmpty());
        assertEquals(Code.INVALID_REQUEST, refusal("{}", fields -> fields.object("a")));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":[]}", fields -> fields.object("a")));
    }

    @Test
    void value_ofAnyKind_isHandedOver() {
        assertEquals(Json.of(1), of("{\"a\":1}").value("a"));
        assertEquals(new Json.Null(), of("{\"a\":null}").value("a"));
        assertEquals(Code.INVALID_REQUEST, refusal("{}", fields -> fields.value("a")));
    }

    @Test
    void list_ofItsSize_isRead() {
        assertEquals(List.of("x", "y"), of("{\"a\":[\"x\",\"y\"]}").list("a", 2, item -> JsonFields.text(item, 1)));
        assertEquals(List.of(), of("{\"a\":[]}").optionalList("a", 2, item -> item));
        assertEquals(List.of(), of("{}").optionalList("a", 2, item -> item));
    }

    @Test
    void list_ofAnotherForm_isRefused() {
        assertEquals(Code.INVALID_REQUEST, refusal("{}", fields -> fields.list("a", 2, item -> item)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":[]}", fields -> fields.list("a", 2, item -> item)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":{}}", fields -> fields.list("a", 2, item -> item)));
        assertEquals(Code.TOO_LARGE, refusal("{\"a\":[1,2,3]}", fields -> fields.list("a", 2, item -> item)));
        assertEquals(
                Code.INVALID_REQUEST,
                refusal("{\"a\":[1]}", fields -> fields.list("a", 2, item -> JsonFields.text(item, 9))));
    }

    @Test
    void constant_byItsExactName_isRead() {
        assertEquals(Level.L3, of("{\"a\":\"L3\"}").constant("a", Level.class));
        assertEquals(Optional.empty(), of("{}").optionalConstant("a", Level.class));
        assertEquals(Code.INVALID_REQUEST, refusal("{}", fields -> fields.constant("a", Level.class)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":\"l3\"}", fields -> fields.constant("a", Level.class)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":\"L6\"}", fields -> fields.constant("a", Level.class)));
        assertEquals(Code.INVALID_REQUEST, refusal("{\"a\":3}", fields -> fields.constant("a", Level.class)));
    }

    @Test
    void member_thatNobodyRead_isRefusedAtTheEnd() {
        var fields = of("{\"a\":1,\"b\":2}");
        fields.integer("a", 0, 9);
        assertEquals(
                Code.UNKNOWN_FIELD,
                assertThrows(DataException.class, fields::end).code());
        fields.integer("b", 0, 9);
        fields.end();
    }

    @Test
    void member_askedForAndAbsent_countsAsRead() {
        var fields = of("{\"a\":1}");
        fields.optionalString("b", 9);
        fields.integer("a", 0, 9);
        fields.end();
    }

    @Test
    void refusal_saysNothingOfTheInput() {
        var refused = assertThrows(
                DataException.class, () -> of("{\"secret\":\"138\"}").integer("secret", 0, 9));
        assertEquals(Code.INVALID_REQUEST.title(), refused.getMessage());
        assertTrue(refused.members().members().isEmpty());
    }
}
