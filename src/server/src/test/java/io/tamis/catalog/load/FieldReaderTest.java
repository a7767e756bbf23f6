package io.tamis.catalog.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Column;
import io.tamis.data.ColumnType;
import io.tamis.data.Level;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldReaderTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "007, 7",
        "42, 42",
        "-42, -42",
        "999999999999999999, 999999999999999999",
        "-999999999999999999, -999999999999999999"
    })
    void integer_wholeNumber_isExact(String text, long value) {
        assertEquals(value, read(Declared.dataset("d").amount("n", 0), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000000000000000000",
                "9223372036854775808",
                "-9223372036854775808",
                "99999999999999999999999999999999999999",
                "1.0",
                "1.",
                ".1",
                "+1",
                "-",
                "--1",
                "1e3",
                "0x10",
                "NaN",
                "Infinity",
                " 1",
                "1 ",
                "1,000",
                "\u0661",
                "=1+1",
                "1\u0000"
            })
    void integer_otherForm_isBad(String text) {
        assertEquals(FieldReader.BAD, read(Declared.dataset("d").amount("n", 0), text));
    }

    @ParameterizedTest
    @CsvSource({
        "29.33, 2933",
        "29.3, 2930",
        "29, 2900",
        "-0.01, -1",
        "0.00, 0",
        "9999999999999999.99, 999999999999999999"
    })
    void decimal_withinScale_isMinorUnits(String text, long value) {
        assertEquals(value, read(Declared.dataset("d").amount("n", 2), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"29.333", "29.330", "10000000000000000.00", "1.-1", "1.1.1", "1,5", "-.5", "5."})
    void decimal_beyondScaleOrForm_isBad(String text) {
        assertEquals(FieldReader.BAD, read(Declared.dataset("d").amount("n", 2), text));
    }

    @ParameterizedTest
    @CsvSource({"1970-01-01, 0", "1997-01-01, 9862", "2000-02-29, 11016", "0001-01-01, -719162", "9999-12-31, 2932896"})
    void date_isoDay_isEpochDay(String text, long value) {
        assertEquals(value, read(Declared.dataset("d").plain("n", ColumnType.DATE), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1997-02-29",
                "1997-13-01",
                "1997-00-01",
                "1997-1-01",
                "19970101",
                "1997/01/01",
                "0000-01-01",
                "-997-01-01",
                "1997-01-01T",
                "1997-01-0x"
            })
    void date_otherForm_isBad(String text) {
        assertEquals(FieldReader.BAD, read(Declared.dataset("d").plain("n", ColumnType.DATE), text));
    }

    @Test
    void date_outsideDeclaredRange_isBad() {
        var declared = Declared.dataset("d").date("n", "1997-01-01", "1997-12-31");
        assertEquals(9862, read(declared, "1997-01-01"));
        assertEquals(FieldReader.BAD, read(declared, "1996-12-31"));
        assertEquals(FieldReader.BAD, read(declared, "1998-01-01"));
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00.000001Z, 1",
        "1970-01-01T00:00:00.5Z, 500000",
        "1970-01-01T08:00:00+08:00, 0",
        "1969-12-31T23:59:59.999999Z, -1",
        "1969-12-31T16:00:00-08:00, 0",
        "2026-11-24T05:40:00Z, 1795498800000000"
    })
    void timestamp_rfc3339_isEpochMicros(String text, long value) {
        assertEquals(value, read(Declared.dataset("d").plain("n", ColumnType.TIMESTAMP), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01",
                "1970-01-01T00:00:00",
                "1970-01-01 00:00:00Z",
                "1970-01-01T24:00:00Z",
                "1970-01-01T00:60:00Z",
                "1970-01-01T00:00:60Z",
                "1970-01-01T00:00:00.Z",
                "1970-01-01T00:00:00.1234567Z",
                "1970-01-01T00:00:00+0800",
                "1970-01-01T00:00:00+24:00",
                "1970-02-30T00:00:00Z",
                "1970-01-01T00:00:00Zx",
                "1970-01-01T00:00:00.123456"
            })
    void timestamp_otherForm_isBad(String text) {
        assertEquals(FieldReader.BAD, read(Declared.dataset("d").plain("n", ColumnType.TIMESTAMP), text));
    }

    @Test
    void domain_position_isCode() {
        var declared = Declared.dataset("d").coded("n", "books", "food");
        assertEquals(1, read(declared, "books"));
        assertEquals(2, read(declared, "food"));
        assertEquals(FieldReader.BAD, read(declared, "Food"));
    }

    @Test
    void boolean_withoutDomain_isOneAndTwo() {
        var declared = Declared.dataset("d").plain("n", ColumnType.BOOLEAN);
        assertEquals(1, read(declared, "false"));
        assertEquals(2, read(declared, "true"));
        assertEquals(FieldReader.BAD, read(declared, "TRUE"));
        assertEquals(FieldReader.BAD, read(declared, "1"));
    }

    @Test
    void string_controlOrBrokenCharacter_isBad() {
        var declared = Declared.dataset("d").secret("n", 10);
        assertEquals(1, read(declared, "a\tb\nc"));
        assertEquals(FieldReader.BAD, read(declared, "a\u0000"));
        assertEquals(FieldReader.BAD, read(declared, "a\uFFFD"));
        assertEquals(FieldReader.BAD, read(declared, "a\u007f"));
        assertEquals(FieldReader.BAD, read(declared, "a\u001b[31m"));
    }

    @Test
    void dictionary_beyondKeyCapacity_isBad() {
        var column = only(Declared.dataset("d").secret("n", 2));
        var reader = FieldReader.ofScan(column, Optional.of(new Dictionary(column, 100)));
        assertEquals(1, read(reader, "a"));
        assertEquals(2, read(reader, "b"));
        assertEquals(1, read(reader, "a"));
        assertEquals(FieldReader.BAD, read(reader, "c"));
    }

    @Test
    void dictionary_beyondItsShareOfMemory_isBad() {
        var column = only(Declared.dataset("d").secret("n", 1_000));
        var reader = FieldReader.ofScan(column, Optional.of(new Dictionary(column, 5)));
        assertEquals(1, read(reader, "aaa"));
        assertEquals(FieldReader.BAD, read(reader, "bbb"));
    }

    @Test
    void number_beyondKeyCapacity_isBad() {
        var column = only(Declared.dataset("d").cappedAmount("n", 2));
        var reader = FieldReader.ofScan(column, Optional.empty());
        assertEquals(7, read(reader, "7"));
        assertEquals(8, read(reader, "8"));
        assertEquals(7, read(reader, "7"));
        assertEquals(FieldReader.BAD, read(reader, "9"));
        assertEquals(FieldReader.BAD, read(reader, "x"));
    }

    @Test
    void sealedColumn_typedText_isCheckedAndNotNumbered() {
        var friends = only(Declared.dataset("d").sealed("n", ColumnType.INTEGER, Level.L4));
        assertEquals(3, read(FieldReader.ofSealed(friends), "3"));
        assertEquals(FieldReader.BAD, read(FieldReader.ofSealed(friends), "three"));
        var name = only(Declared.dataset("d").sealed("n", ColumnType.STRING, Level.L5));
        assertEquals(0, read(FieldReader.ofSealed(name), "three"));
    }

    private static Column only(Declared declared) {
        return declared.only();
    }

    private static long read(Declared declared, String text) {
        var column = only(declared);
        return read(FieldReader.ofScan(column, Optional.of(new Dictionary(column, 1_000))), text);
    }

    /** From the middle of a larger buffer, as the parser hands it over. */
    private static long read(FieldReader reader, String text) {
        return reader.read(("99" + text + "99").toCharArray(), 2, text.length());
    }
}
