package io.tamis.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTextTest {
    @ParameterizedTest
    @CsvSource({
        "CN_MOBILE, 13812345678, +8613812345678",
        "CN_MOBILE, 0086 138 1234 5678, +8613812345678",
        "CN_MOBILE, +86 138-1234-5678, +8613812345678",
        "CN_MOBILE, (138) 1234-5678, +8613812345678",
        "EMAIL, Ann@Example.org, ann@example.org",
        "CN_ID, 11010519491231002x, 11010519491231002X",
        "BANK_CARD, 6222 0212 3456 7894, 6222021234567894",
        "ACCOUNT_ID, ' 00004 ', 00004",
        "ACCOUNT_ID, Ab, Ab"
    })
    void normalise_anySpelling_isTheOne(String semantic, String text, String normal) {
        assertEquals(Optional.of(normal), IdentifierText.normalise(new Semantic(semantic), text));
        assertEquals(Optional.of(normal), IdentifierText.normalise(new Semantic(semantic), normal), "once is enough");
    }

    @ParameterizedTest
    @ValueSource(strings = {"23812345678", "1381234567", "138123456789", "+85261234567", "1381234567x", " "})
    void normalise_noMobileOfTheMainland_isNone(String text) {
        assertTrue(IdentifierText.normalise(new Semantic("CN_MOBILE"), text).isEmpty());
    }

    @Test
    void isClean_controlsAndReplacements_areNot() {
        assertTrue(clean("a\tb\r\nc \u4E2D"));
        assertFalse(clean("a\u0000"));
        assertFalse(clean("a\u007f"));
        assertFalse(clean("a\uFFFD"));
        assertTrue(IdentifierText.isClean("\u0000ab\u0000".toCharArray(), 1, 2), "only the field is looked at");
    }

    private static boolean clean(String text) {
        return IdentifierText.isClean(text.toCharArray(), 0, text.length());
    }
}
