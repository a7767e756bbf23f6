package io.tamis.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Json;
import org.junit.jupiter.api.Test;

class CsvResultTest {
    @Test
    void of_rowsWithASuppressedCell_leavesItsFieldsEmpty() {
        String envelope = """
                {"result":{"columns":["quarter","buyers"],"rows":[
                {"key":["1997-Q1"],"cells":[{"value":2357,"stdDev":"48.99","ci95":[2261,2453]}]},
                {"key":["1997-Q2"],"cells":[null]}],"notes":[]}}""";
        assertEquals("""
                quarter,buyers,buyers_std_dev,buyers_ci95_low,buyers_ci95_high
                1997-Q1,2357,48.99,2261,2453
                1997-Q2,,,,
                """.replace("\n", "\r\n"), CsvResult.of((Json.Obj) Json.parse(envelope)));
    }

    @Test
    void of_aSealedCell_hasItsDeviationAlone() {
        String envelope = """
                {"result":{"columns":["arm","count"],"rows":[{"key":["beta"],"cells":[{"sealed":"%s","stdDev":"94.87",\
                "halfWidth95":186,"neverNegative":true}]}],"notes":[]}}""".formatted("ab".repeat(32));
        assertEquals("""
                arm,count,count_std_dev,count_ci95_low,count_ci95_high
                beta,,94.87,,
                """.replace("\n", "\r\n"), CsvResult.of((Json.Obj) Json.parse(envelope)));
    }

    @Test
    void of_keysASpreadsheetWouldRun_defusesAndQuotesThem() {
        String envelope = """
                {"result":{"columns":["k","n"],"rows":[{"key":["=1+1"],"cells":[null]},{"key":["a,\\"b\\""],"cells":[null]}],\
                "notes":[]}}""";
        assertEquals("""
                k,n,n_std_dev,n_ci95_low,n_ci95_high
                '=1+1,,,,
                "a,""b""\",,,,
                """.replace("\n", "\r\n"), CsvResult.of((Json.Obj) Json.parse(envelope)));
    }
}
