package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.Semantic;
import io.tamis.data.Unit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitKeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "13812345678",
                "+86 138-1234-5678",
                "86 138 1234 5678",
                "0086-13812345678",
                "(138) 1234-5678",
                " 13812345678 ",
                "\uFF11\uFF13\uFF18\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18"
            })
    void mobile_anySpelling_isOnePerson(String text) {
        assertEquals(key("orders", "CN_MOBILE", "13812345678"), key("orders", "CN_MOBILE", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23812345678", "1381234567", "138123456789", "+85261234567", "12812345678", "1381234567x"})
    void mobile_otherNumber_isNone(String text) {
        assertTrue(key("orders", "CN_MOBILE", text).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL, Ann@Example.org, ann@example.org",
        "CN_ID, 11010519491231002x, 11010519491231002X",
        "BANK_CARD, 6222 0212 3456 7894, 6222021234567894",
        "ACCOUNT_ID, ' 00004 ', 00004",
        "ACCOUNT_ID, \uFB01sh, fish"
    })
    void identifier_twoSpellings_areOnePerson(String semantic, String one, String other) {
        assertEquals(key("orders", semantic, one), key("orders", semantic, other));
    }

    @Test
    void identifier_caseOfOpaqueId_isKept() {
        assertNotEquals(key("orders", "ACCOUNT_ID", "a"), key("orders", "ACCOUNT_ID", "A"));
        assertNotEquals(key("orders", "ACCOUNT_ID", "4"), key("orders", "ACCOUNT_ID", "00004"));
    }

    @Test
    void key_otherFamilyOrSemantic_isUnrelated() {
        assertNotEquals(key("orders", "ACCOUNT_ID", "a"), key("users", "ACCOUNT_ID", "a"));
        assertNotEquals(key("orders", "ACCOUNT_ID", "a"), key("orders", "EMAIL", "a"));
    }

    @Test
    void identifier_blankOrDamaged_isNone() {
        assertTrue(key("orders", "ACCOUNT_ID", "   ").isEmpty());
        assertTrue(key("orders", "ACCOUNT_ID", "a\u0000").isEmpty());
        assertTrue(key("orders", "ACCOUNT_ID", "a\uFFFD").isEmpty());
    }

    @Test
    void read_longThenShort_keepsNothingOfTheLong() {
        try (var keys = keys("orders", "ACCOUNT_ID")) {
            assertTrue(keys.read("abcdefgh".repeat(100).toCharArray(), 0, 800));
            assertTrue(keys.read("x".toCharArray(), 0, 1));
            assertEquals(1, keys.normalLength());
            assertEquals(key("orders", "ACCOUNT_ID", "x").orElseThrow(), keys.high());
            assertFalse(keys.read(" ".toCharArray(), 0, 1));
        }
    }

    private static Optional<Long> key(String dataset, String semantic, String text) {
        try (var keys = keys(dataset, semantic)) {
            return keys.read(text.toCharArray(), 0, text.length()) ? Optional.of(keys.high()) : Optional.empty();
        }
    }

    private static UnitKeys keys(String dataset, String semantic) {
        var unit = new Unit(new ColumnName("buyer"), new Semantic(semantic), 1, 1);
        return new UnitKeys(new InsecureTestKeys(), new DatasetId(dataset), unit);
    }
}
