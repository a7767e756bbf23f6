package io.tamis.log.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.crypto.KeyName;
import io.tamis.crypto.MemoryKeys;
import io.tamis.log.LogException;
import io.tamis.log.Origin;
import io.tamis.log.VerifierKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedLogsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z"));
    private static final VerifierKey KEY_2026 = key("a.example/ledger/2026", 1);

    @Test
    void keys_exactly_areThoseOfThisName() {
        var other = key("b.example/ledger/2026", 2);
        var second = key("a.example/ledger/2026", 3);
        var known = TrustedLogs.exactly(List.of(KEY_2026, other, second));
        assertEquals(List.of(KEY_2026, second), known.keys(new Origin("a.example/ledger/2026")));
        assertEquals(List.of(), known.keys(new Origin("a.example/ledger/2027")));
    }

    @Test
    void keys_yearly_areTrustedForLastThisAndNextYear() {
        var known = TrustedLogs.yearly(List.of(KEY_2026), CLOCK);
        for (int year = 2025; year <= 2027; year++) {
            assertEquals(List.of(key("a.example/ledger/" + year, 1)), known.keys(named(year)));
        }
        assertEquals(List.of(), known.keys(named(2024)));
        assertEquals(List.of(), known.keys(named(2028)));
        assertEquals(List.of(), known.keys(new Origin("a.example/ledger/0026")));
    }

    @Test
    void keys_yearly_areNotTrustedUnderOtherNames() {
        var known = TrustedLogs.yearly(List.of(KEY_2026), CLOCK);
        for (String name : new String[] {
            "a.example/ledger/x/2027",
            "a.example/ledger2027",
            "a.example/other/2027",
            "a.example/ledger/2027/2027",
            "2027"
        }) {
            assertEquals(List.of(), known.keys(new Origin(name)), name);
        }
    }

    @Test
    void keys_yearlyWithAnExactKey_areThatOneAlone() {
        var next = key("a.example/ledger/2027", 9);
        var known = TrustedLogs.yearly(List.of(KEY_2026, next), CLOCK);
        assertEquals(List.of(next), known.keys(named(2027)));
        assertEquals(List.of(KEY_2026), known.keys(named(2026)));
    }

    @Test
    void keys_yearlyTwiceTheSameKey_areOne() {
        var known = TrustedLogs.yearly(List.of(KEY_2026, key("a.example/ledger/2025", 1)), CLOCK);
        assertEquals(1, known.keys(named(2027)).size());
    }

    @Test
    void keys_yearlyOfALogWithoutAYear_areForItAlone() {
        var known = TrustedLogs.yearly(List.of(key("a.example/ledger", 1)), CLOCK);
        assertEquals(1, known.keys(new Origin("a.example/ledger")).size());
        assertEquals(List.of(), known.keys(named(2026)));
    }

    @Test
    void exactly_noneOrTooMany_isRefused() {
        assertThrows(LogException.class, () -> TrustedLogs.exactly(List.of()));
        assertThrows(
                LogException.class, () -> TrustedLogs.exactly(Collections.nCopies(TrustedLogs.KEYS_MAX + 1, KEY_2026)));
    }

    private static Origin named(int year) {
        return new Origin("a.example/ledger/" + year);
    }

    private static VerifierKey key(String name, long seed) {
        return new VerifierKey(new Origin(name), new MemoryKeys(seed).publicKey(KeyName.LEDGER_SIGNING));
    }
}
