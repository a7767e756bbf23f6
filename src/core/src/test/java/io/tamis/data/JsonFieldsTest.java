package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JsonFieldsTest {
    private static JsonFields fields(String text) {
        return new JsonFields(Json.parse(text));
    }

    @Test
    void reader_ofAnObject_givesItsMembers() {
        var fields = fields(
                "{\"s\":\"x\",\"i\":-3,\"b\":true,\"o\":{\"p\":\"q\"},\"l\":[\"a\",\"b\"],\"e\":\"L3\",\"v\":null}");
        assertEquals("x", fields.string("s", 1));
        assertEquals(-3, fields.integer("i", -3, -3));
        assertTrue(fields.flag("b"));
        assertEquals("q", fields.object("o").string("p", 9));
        assertEquals(List.of("a", "b"), fields.list("l", 2, item -> JsonFields.text(item, 1)));
        assertEquals(Level.L3, fields.constant("e", Level.class));
        assertEquals(new Json.Null(), fields.value("v"));
        fields.end();
    }

    @Test
    void reader_ofAnythingElse_isRefused() {
        for (String text : new String[] {"[]", "1", "\"a\"", "null", "true"}) {
            assertCode(Code.INVALID_REQUEST, () -> fields(text));
        }
    }

    @Test
    void absent_optionalMembers_areEmpty() {
        var fields = fields("{}");
        assertEquals(Optional.empty(), fields.optionalString("x", 9));
        assertEquals(OptionalLong.empty(), fields.optionalInteger("x", 0, 9));
        assertEquals(Optional.empty(), fields.optionalConstant("x", Level.class));
        assertEquals(List.of(), fields.optionalList("x", 9, item -> item));
        assertTrue(fields.optionalObject("x").isEmpty());
        assertFalse(fields.flag("x"));
        fields.end();
    }

    @Test
    void absent_requiredMembers_areRefused() {
        var fields = fields("{}");
        assertCode(Code.INVALID_REQUEST, () -> fields.string("x", 9));
        assertCode(Code.INVALID_REQUEST, () -> fields.integer("x", 0, 9));
        assertCode(Code.INVALID_REQUEST, () -> fields.constant("x", Level.class));
        assertCode(Code.INVALID_REQUEST, () -> fields.list("x", 9, item -> item));
        assertCode(Code.INVALID_REQUEST, () -> fields.object("x"));
        assertCode(Code.INVALID_REQUEST, () -> fields.value("x"));
    }

    @Test
    void anotherType_isRefused() {
        var fields = fields("{\"s\":\"x\",\"i\":1,\"n\":null}");
        assertCode(Code.INVALID_REQUEST, () -> fields.string("i", 9));
        assertCode(Code.INVALID_REQUEST, () -> fields.integer("s", 0, 9));
        assertCode(Code.INVALID_REQUEST, () -> fields.flag("i"));
        assertCode(Code.INVALID_REQUEST, () -> fields.object("i"));
        assertCode(Code.INVALID_REQUEST, () -> fields.list("i", 9, item -> item));
        assertCode(Code.INVALID_REQUEST, () -> fields.constant("i", Level.class));
        assertCode(Code.INVALID_REQUEST, () -> fields.optionalString("n", 9));
        assertCode(Code.INVALID_REQUEST, () -> fields.optionalInteger("n", 0, 9));
    }

    @Test
    void limits_areHeld() {
        var fields = fields("{\"s\":\"abc\",\"e\":\"\",\"i\":5,\"l\":[1,2,3],\"none\":[]}");
        assertCode(Code.TOO_LARGE, () -> fields.string("s", 2));
        assertCode(Code.INVALID_REQUEST, () -> fields.string("e", 2));
        assertCode(Code.INVALID_REQUEST, () -> fields.integer("i", 6, 9));
        assertCode(Code.INVALID_REQUEST, () -> fields.integer("i", 0, 4));
        assertCode(Code.TOO_LARGE, () -> fields.list("l", 2, item -> item));
        assertCode(Code.INVALID_REQUEST, () -> fields.list("none", 2, item -> item));
    }

    /** Names of constants are exact: no case folding, no numbers, no neighbours. */
    @Test
    void constant_ofAnotherName_isRefused() {
        for (String name : new String[] {"l3", "L3 ", "L6", "2", "io.tamis.data.Level.L3"}) {
            assertCode(
                    Code.INVALID_REQUEST,
                    () -> new JsonFields(Json.object().put("e", name).build()).constant("e", Level.class));
        }
    }

    @Test
    void end_withAMemberNobodyRead_isRefused() {
        var fields = fields("{\"a\":1,\"b\":2}");
        fields.integer("a", 0, 9);
        assertCode(Code.UNKNOWN_FIELD, fields::end);
        fields.integer("b", 0, 9);
        fields.end();
    }

    private static void assertCode(Code code, Executable action) {
        assertEquals(code, assertThrows(DataException.class, action).code());
    }
}
