package io.tamis.jobs;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.Role;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Real purchases through the whole path, without noise, against a slow reading of the same file. */
@TamisTest
class CdnowTest {
    private static final Path PURCHASES = Path.of("../../sandbox-datasets/cdnow/purchases.csv");
    private static final long CLAMP_CENTS = 15_000;
    private static final String QUARTERLY = """
            {"measures":[{"id":"buyers","kind":"COUNT_USERS"},{"id":"orders","kind":"COUNT"},\
            {"id":"revenue","kind":"SUM","column":"cdnow#amount_usd"}],\
            "groupBy":[{"column":"cdnow#purchased_on","floor":"QUARTER"}],\
            "where":[{"column":"cdnow#purchased_on","op":"GE","values":["1997-01-01"]},\
            {"column":"cdnow#purchased_on","op":"LE","values":["1997-09-30"]}]}""";

    /** Three quarters, of which a person may be in three: the bound on groups cuts nobody, so the truth is exact. */
    @Test
    void quarterlyBuyersOrdersAndRevenue_equalTheBoundedTruth() throws IOException {
        String csv = Files.readString(PURCHASES);
        TestApi.upload(TestTokens.of(Role.PLATFORM, "cdnow"), "cdnow", 1, csv)
                .then()
                .statusCode(anyOf(equalTo(201), equalTo(200)));
        Json.Obj envelope =
                TestApi.answer("cdnow-reader", TestApi.job("c-1", "cdnow", 1, QUARTERLY, "{\"rhoMicro\":100}"));
        assertEquals(boundedTruth(csv), released(envelope));
    }

    private static List<List<Long>> released(Json.Obj envelope) {
        var rows = new ArrayList<List<Long>>();
        for (JsonFields row : new JsonFields(envelope).object("result").list("rows", 10, JsonFields::new)) {
            rows.add(row.list("cells", 3, cell -> new JsonFields(cell).integer("value", 0, Long.MAX_VALUE)));
        }
        return rows;
    }

    /** Per quarter: people, at most five rows a person, at most 150 dollars a person. */
    private static List<List<Long>> boundedTruth(String csv) {
        Map<String, Map<String, long[]>> quarters = new TreeMap<>();
        csv.lines().skip(1).map(line -> line.split(",", -1)).forEach(fields -> {
            int month = Integer.parseInt(fields[1].substring(5, 7));
            if (!fields[1].startsWith("1997") || month > 9) {
                return;
            }
            long[] person = quarters.computeIfAbsent("Q" + (month + 2) / 3, quarter -> new HashMap<>())
                    .computeIfAbsent(fields[0], name -> new long[2]);
            person[0]++;
            person[1] += new BigDecimal(fields[3]).movePointRight(2).longValueExact();
        });
        var truth = new ArrayList<List<Long>>();
        quarters.values()
                .forEach(people -> truth.add(List.of(
                        (long) people.size(),
                        people.values().stream()
                                .mapToLong(person -> Math.min(5, person[0]))
                                .sum(),
                        people.values().stream()
                                .mapToLong(person -> Math.min(CLAMP_CENTS, person[1]))
                                .sum())));
        return truth;
    }
}
