package io.tamis.cli.tags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.cli.client.ClientException;
import io.tamis.data.DatasetId;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedColumnTest {
    private static final OwnDataset USERS = OwnDataset.of(
            Bundles.shopUsers(
                    "spend_90d_cny, type: decimal, scale: 2, level: L3, flags: [PERSONAL], semantic: AMOUNT_CNY,"
                            + " labelledBy: STEWARD, uses: [AGGREGATE_ONLY, FILTER_ONLY], clamp: { min: 0,",
                    "spend, type: decimal, scale: 2, level: L3, flags: [PERSONAL], semantic: AMOUNT_CNY,"
                            + " labelledBy: STEWARD, uses: [AGGREGATE_ONLY, FILTER_ONLY], clamp: { min: -1000,"),
            new DatasetId("shop-users"));

    @ParameterizedTest
    @CsvSource({
        "a=friends, 7, 7",
        "a=friends, 0007, 7",
        "a=friends, 501, 500",
        "a=friends, -3, 0",
        "a=friends, '', 0",
        "a=friends>=100, 100, 1",
        "a=friends>=100, 99, 0",
        "a=friends>=100, 100000, 1",
        "a=friends>=0, '', 0",
        "a=spend, 12.3, 1230",
        "a=spend, -99.99, -1000",
        "a=spend, 5, 500",
        "a=spend, 999999999999999, 300000",
        "a=spend>=12.5, 12.49, 0",
        "a=spend>=12.5, 12.50, 1"
    })
    void value_ofAField_isClampedOrCompared(String tag, String field, long value) {
        assertEquals(OptionalLong.of(value), TaggedColumn.parse(tag, USERS).value(field));
    }

    /** What the importer does not take is not taken here. */
    @ParameterizedTest
    @ValueSource(strings = {"7.1", "1e3", "+7", " 7", "7 ", "0x7", "seven", "7.", ".7", "--7", "\u0667", "1,000"})
    void value_ofAnotherForm_isNone(String field) {
        assertEquals(
                OptionalLong.empty(), TaggedColumn.parse("a=friends", USERS).value(field));
    }

    @Test
    void value_ofTooManyDigitsOrDecimals_isNone() {
        assertEquals(OptionalLong.empty(), TaggedColumn.parse("a=spend", USERS).value("1.234"));
        assertEquals(
                OptionalLong.empty(), TaggedColumn.parse("a=friends", USERS).value("1".repeat(19)));
        assertEquals(
                OptionalLong.empty(), TaggedColumn.parse("a=friends", USERS).value("1".repeat(10_000)));
    }

    /** Another spelling is another value, and no value of the platform's file is passed over in silence. */
    @Test
    void value_ofACountedColumn_isTheBucketsPlace() {
        TaggedColumn bands = TaggedColumn.parse("a=BUCKETS:income_band", BandedUsers.DATASET);
        assertEquals(BandedUsers.BANDS, bands.spec().buckets());
        assertEquals(OptionalLong.of(0), bands.value("low"));
        assertEquals(OptionalLong.of(2), bands.value("high"));
        assertEquals(OptionalLong.of(TaggedColumn.NO_BUCKET), bands.value(""));
        for (String other : List.of("Low", "low ", "none", "0")) {
            assertEquals(OptionalLong.empty(), bands.value(other), other);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=BUCKETS:",
                "a=BUCKETS:friends",
                "a=BUCKETS:city_tier",
                "a=BUCKETS:nothing",
                "a=buckets:income_band",
                "a=BUCKETS:income_band>=1",
                "a=income_band"
            })
    void parse_ofAColumnThatCannotBeCounted_isWrongUsage(String tag) {
        assertThrows(ClientException.class, () -> TaggedColumn.parse(tag, BandedUsers.DATASET));
    }

    @Test
    void maxAbs_isTheClampsOrOne() {
        assertEquals(500, TaggedColumn.parse("a=friends", USERS).maxAbs());
        assertEquals(300_000, TaggedColumn.parse("a=spend", USERS).maxAbs());
        assertEquals(1, TaggedColumn.parse("a=friends>=100", USERS).maxAbs());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "friends",
                "a=",
                "=friends",
                "A=friends",
                "a=friends>100",
                "a=friends>=",
                "a=friends>=1.5",
                "a=friends>=x",
                "a=phone",
                "a=nothing",
                "a b=friends",
                "a=friends>=1;x"
            })
    void parse_ofAnotherForm_isWrongUsage(String tag) {
        assertThrows(ClientException.class, () -> TaggedColumn.parse(tag, USERS));
    }
}
