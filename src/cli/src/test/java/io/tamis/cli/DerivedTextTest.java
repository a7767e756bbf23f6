package io.tamis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.cli.client.JsonView;
import io.tamis.data.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DerivedTextTest {
    private static final String BLOCK = """
        "audiences":[{"id":"shop","people":{"value":6420,"stdDev":"5.66","ci95":[6408,6432]}},{"id":"video","people":null}],
        "pairs":[{"of":["shop","video"],"intersection":{"value":1820,"stdDev":"4.00","ci95":[1812,1828]},"union":null,
         "matchRates":[{"of":"shop","rate":{"value":"0.2835","stdDev":"0.0004","ci95":["0.2824","0.2846"]}},
          {"of":"video","rate":null}]}],
        "union":{"value":10680,"stdDev":"7.48","ci95":[10665,10695]}""";

    @Test
    void overlap_totalsAndPairs_areTablesWithIntervals() {
        assertEquals("""
            audience                   people
            shop            6420 [6408, 6432]
            video                  suppressed
            any of them  10680 [10665, 10695]
            pair                   in both   in either       share of the first  share of the second
            shop, video  1820 [1812, 1828]  suppressed  0.2835 [0.2824, 0.2846]           suppressed
            """, printed("{" + BLOCK + "}"));
    }

    @Test
    void overlap_segments_followTheWhole() {
        String printed = printed(
                "{" + BLOCK + ",\"segments\":[{\"segment\":\"T1\"," + BLOCK + "},{\"segment\":\"\"," + BLOCK + "}]}");
        assertEquals(18 + 2, printed.lines().count());
        assertEquals(1, printed.lines().filter("segment T1"::equals).count());
        assertEquals(1, printed.lines().filter("segment (none)"::equals).count());
    }

    @Test
    void overlap_releasedCells_sayThatTheyAreExact() {
        var bytes = new ByteArrayOutputStream();
        String envelope = "{\"result\":{\"columns\":[\"audiences\",\"people\"],\"rows\":[{\"key\":[\"shop\"],"
                + "\"cells\":[{\"value\":4600,\"stdDev\":\"2.80\",\"ci95\":[4594,4606]}]}],\"derived\":{" + BLOCK
                + "}}}";
        new ResultText(JsonView.of(Json.parse(envelope))).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertEquals(
                "in exactly             people",
                bytes.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow());
    }

    @Test
    void reach_curveAndPlatforms_areTables() {
        assertEquals("""
            reached              people
            1+ times  5130 [5116, 5144]
            2+ times         suppressed
            platform                  reach  reached nowhere else
            video         2900 [2890, 2910]     2470 [2463, 2477]
            all together  5130 [5116, 5144]
            """, printed("""
            {"reach":{"value":5130,"stdDev":"6.93","ci95":[5116,5144]},
             "curve":[{"atLeast":1,"people":{"value":5130,"stdDev":"6.93","ci95":[5116,5144]}},{"atLeast":2,"people":null}],
             "platforms":[{"id":"video","reach":{"value":2900,"stdDev":"5.00","ci95":[2890,2910]},
              "incremental":{"value":2470,"stdDev":"3.50","ci95":[2463,2477]}}]}"""));
    }

    @Test
    void anythingElse_absentOrUnknown_printsNothing() {
        assertEquals("", printed("{}"));
        assertEquals("", printed("{\"audiences\":7,\"curve\":\"x\",\"newer\":[1]}"));
    }

    private static String printed(String derived) {
        var bytes = new ByteArrayOutputStream();
        new DerivedText(JsonView.of(Json.parse(derived))).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
