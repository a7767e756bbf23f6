package io.tamis.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import io.tamis.data.TamisException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTest {
    private static final Cell WITHHELD = new Cell.Suppressed();

    @Test
    void present_isTheDocumentedEnvelope() {
        ReleaseSpec spec = Specs.spec(1, 1, List.of(Specs.USERS), List.of(new Statistic.Users()), 50, 1_000);
        Release release = Releaser.release(spec, Specs.sums(spec, 7_630), Specs.zeroNoise());
        assertEquals(
                "{\"columns\":[\"m0\"],\"notes\":[\"CI_EXCLUDES_CLIPPING_BIAS\"],\"rows\":[{\"cells\":"
                        + "[{\"ci95\":[7586,7674],\"stdDev\":\"22.37\",\"value\":7630}],\"key\":[]}]}",
                Presented.of(spec, release).result().canonical());
        assertEquals(
                "{\"any\":false,\"bucket\":\"none\"}",
                Presented.of(spec, release).suppression().toJson().canonical());
    }

    /** Two keys, three measures, named and ordered by the job: the numbers stay with their labels. */
    @Test
    void present_inAnotherOrder_keepsNumbersWithTheirLabels() {
        var keys = List.of(Specs.key("a", 2), Specs.key("b", 3));
        var kernel = new KernelSpec(6, 1, List.of(Specs.USERS, Specs.ROWS));
        List<Statistic> statistics = List.of(new Statistic.Users(), new Statistic.Count(1));
        var layout = new Layout(List.of(1, 0), List.of(new Layout.Named("rows", 1), new Layout.Named("people", 0)));
        var spec =
                new ReleaseSpec(kernel, new Loss.Zcdp(new MicroRho(1_000_000)).split(2), 1, keys, statistics, layout);
        var cells = new long[2][6];
        for (int group = 0; group < 6; group++) {
            cells[0][group] = 100L + group;
            cells[1][group] = 200L + group;
        }
        Release release = Releaser.release(spec, PartialSums.of(kernel, cells), Specs.zeroNoise());
        Json.Obj result = Presented.of(spec, release).result();
        assertEquals(
                "[\"b\",\"a\",\"rows\",\"people\"]",
                result.member("columns").orElseThrow().canonical());
        var shown = new ArrayList<String>();
        for (Json row : items(result.member("rows").orElseThrow())) {
            var object = (Json.Obj) row;
            List<Json> values = items(object.member("cells").orElseThrow());
            shown.add(object.member("key").orElseThrow().canonical() + value(values.get(0)) + value(values.get(1)));
        }
        assertEquals(
                List.of(
                        "[\"b0\",\"a0\"]200100",
                        "[\"b0\",\"a1\"]203103",
                        "[\"b1\",\"a0\"]201101",
                        "[\"b1\",\"a1\"]204104",
                        "[\"b2\",\"a0\"]202102",
                        "[\"b2\",\"a1\"]205105"),
                shown);
    }

    /** Nothing of a withheld cell is left, not even a key with a number beside it. */
    @Test
    void present_ofAWithheldCell_isNull() {
        ReleaseSpec spec = Specs.all(2, 50, 1_000);
        Release release = Releaser.release(spec, Specs.sums(spec, 49, 48_877, 48_877, 48_877), Specs.zeroNoise());
        String json = Presented.of(spec, release).result().canonical();
        assertTrue(json.contains("{\"cells\":[null,null,null,null,null],\"key\":[\"g0\"]}"));
        assertTrue(!json.contains("48877") && !json.contains("49"));
    }

    @ParameterizedTest
    @CsvSource({"0, NONE", "1, FEW", "10, FEW", "11, MANY", "100, MANY"})
    void suppression_ofAHundredCells_isCoarse(int withheld, Suppression.Bucket bucket) {
        ReleaseSpec spec = Specs.users(100, 50, 1_000);
        Suppression suppression = Suppression.of(spec, release(100, withheld));
        assertEquals(bucket, suppression.bucket());
        assertEquals(withheld == 0 ? Optional.empty() : Optional.of(Suppression.Hint.MERGE_KEYS), suppression.hint());
    }

    /** A release holds more statistics than a job asked for; only what it asked for is judged. */
    @Test
    void suppression_ofAColumnNobodyAskedFor_isNotCounted() {
        ReleaseSpec all = Specs.all(1, 50, 1_000);
        Release release = Releaser.release(all, Specs.sums(all, 1_000, 0, 10_000, 0), Specs.zeroNoise());
        assertEquals(Suppression.Bucket.MANY, Suppression.of(all, release).bucket());
        var asked = new ReleaseSpec(
                all.kernel(),
                all.shares(),
                all.minUsers(),
                all.keys(),
                all.statistics(),
                new Layout(List.of(), List.of(new Layout.Named("people", 0))));
        assertEquals(Suppression.Bucket.NONE, Suppression.of(asked, release).bucket());
    }

    @Test
    void suppression_withoutKeys_hintsAtTheFilter() {
        assertEquals(
                "{\"any\":true,\"bucket\":\"many\",\"hint\":\"WIDEN_FILTER\"}",
                Suppression.of(Specs.users(1, 50, 1_000), release(1, 1))
                        .toJson()
                        .canonical());
    }

    @Test
    void present_ofAnotherPlansRelease_isRefused() {
        assertThrows(PrivacyException.class, () -> Presented.of(Specs.users(3, 50, 1_000), release(2, 0)));
    }

    @Test
    void release_throughJson_isTheSame() {
        ReleaseSpec spec = Specs.all(40, 50, 20_000);
        var noise = new ExactNoise(InsecureSeededRandom.bits(3));
        Release release = Releaser.release(spec, Specs.sums(spec, 52, 4_000, 123_456_789, -70), noise);
        assertTrue(release.rows().stream().anyMatch(row -> row.cells().contains(WITHHELD)));
        assertEquals(release, Release.fromJson(Json.parse(release.toJson().canonical())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[[1]]",
                "[[{}]]",
                "[[{\"value\":1,\"stdDev\":1,\"ci95\":[1]}]]",
                "[[{\"value\":1,\"stdDev\":1,\"ci95\":[2,1]}]]",
                "[[{\"value\":\"1e9\",\"stdDev\":1,\"ci95\":[1,2]}]]",
                "[[{\"value\":\"NaN\",\"stdDev\":1,\"ci95\":[1,2]}]]",
                "[[{\"value\":1,\"stdDev\":-1,\"ci95\":[1,2]}]]",
                "[[{\"value\":1,\"stdDev\":1,\"ci95\":[1,2],\"users\":3}]]"
            })
    void release_fromOtherJson_isRefused(String json) {
        assertThrows(TamisException.class, () -> Release.fromJson(Json.parse(json)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "100, 100",
        "-5, -5",
        "2.50, '\"2.5\"'",
        "1000.00, 1000",
        "9007199254740991, 9007199254740991",
        "9007199254740992, '\"9007199254740992\"'",
        "-0.01, '\"-0.01\"'"
    })
    void cell_showsWholeNumbersAsIntegersAndOthersAsText(BigDecimal value, String json) {
        var cell = new Cell.Shown(value, BigDecimal.ONE, new Interval(value, value));
        assertTrue(cell.toJson().canonical().endsWith("\"value\":" + json + "}"));
        assertEquals(cell, Cell.fromJson(cell.toJson()));
    }

    private static Release release(int groups, int withheld) {
        var rows = new ArrayList<ReleaseRow>();
        for (int group = 0; group < groups; group++) {
            var shown = new Cell.Shown(BigDecimal.TEN, BigDecimal.ONE, new Interval(BigDecimal.ONE, BigDecimal.TEN));
            rows.add(new ReleaseRow(group, List.of(group < withheld ? WITHHELD : shown)));
        }
        return new Release(rows);
    }

    private static List<Json> items(Json json) {
        return ((Json.Arr) json).items();
    }

    private static String value(Json cell) {
        return ((Json.Obj) cell).member("value").orElseThrow().canonical();
    }
}
