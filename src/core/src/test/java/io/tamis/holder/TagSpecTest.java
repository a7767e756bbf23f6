package io.tamis.holder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.LabelledBy;
import io.tamis.data.Level;
import io.tamis.data.Semantic;
import io.tamis.data.Use;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagSpecTest {
    private static final Clamp CLAMP = new Clamp(-3, 500);
    private static final TagSpec VALUE =
            new TagSpec(new TagName("spend"), new ColumnName("spend"), new TagBounds(2, CLAMP), OptionalLong.empty());
    private static final TagSpec FLAG =
            new TagSpec(new TagName("buyer"), new ColumnName("spend"), new TagBounds(2, CLAMP), OptionalLong.of(50));

    @Test
    void json_ofBothKinds_readsBack() {
        assertEquals(VALUE, TagSpec.read(VALUE.json()));
        assertEquals(FLAG, TagSpec.read(FLAG.json()));
        assertEquals(
                "{\"column\":\"spend\",\"kind\":\"VALUE\",\"max\":500,\"min\":-3,\"name\":\"spend\",\"scale\":2}",
                VALUE.json().canonical());
        assertEquals(
                "{\"column\":\"spend\",\"kind\":\"AT_LEAST\",\"max\":500,\"min\":-3,\"name\":\"buyer\",\"scale\":2,"
                        + "\"threshold\":50}",
                FLAG.json().canonical());
    }

    @Test
    void json_ofBuckets_readsBackWithItsValuesInOrder() {
        TagSpec buckets = buckets("low", "high", "middle");
        assertEquals(
                "{\"buckets\":[\"low\",\"high\",\"middle\"],\"column\":\"income\",\"kind\":\"BUCKETS\",\"name\":\"income\"}",
                buckets.json().canonical());
        assertEquals(buckets, TagSpec.read(buckets.json()));
        assertNotEquals(buckets, buckets("low", "middle", "high"));
        assertEquals(TagSpec.Kind.BUCKETS, buckets.kind());
        assertEquals(TagSpec.Kind.AT_LEAST, FLAG.kind());
        assertEquals(TagSpec.Kind.VALUE, VALUE.kind());
    }

    /** None, one twice, one without a name, one too many, and a threshold of counts. */
    @Test
    void buckets_beyondTheirLimits_areRefused() {
        assertThrows(DataException.class, () -> buckets());
        assertThrows(DataException.class, () -> buckets("a", "a"));
        assertThrows(DataException.class, () -> buckets("a", ""));
        assertThrows(DataException.class, () -> buckets("a".repeat(257)));
        String[] most = IntStream.range(0, 64).mapToObj(Integer::toString).toArray(String[]::new);
        assertEquals(64, buckets(most).buckets().size());
        String[] more = IntStream.range(0, 65).mapToObj(Integer::toString).toArray(String[]::new);
        assertThrows(DataException.class, () -> buckets(more));
        assertEquals(Code.INVALID_REQUEST, refusal(buckets("a").json().with("threshold", Json.of(1))));
        assertEquals(Code.INVALID_REQUEST, refusal(buckets("a").json().without("buckets")));
        assertEquals(Code.INVALID_REQUEST, refusal(buckets("a").json().with("kind", Json.of("VALUE"))));
        assertEquals(Code.UNKNOWN_FIELD, refusal(buckets("a").json().with("scale", Json.of(0))));
        assertEquals(Code.INVALID_REQUEST, refusal(VALUE.json().with("buckets", Json.strings(List.of("a")))));
    }

    private static TagSpec buckets(String... values) {
        return TagSpec.buckets(new TagName("income"), new ColumnName("income"), List.of(values));
    }

    @Test
    void json_whoseKindAndThresholdDisagree_isRefused() {
        assertEquals(Code.INVALID_REQUEST, refusal(VALUE.json().with("threshold", Json.of(1))));
        assertEquals(Code.INVALID_REQUEST, refusal(FLAG.json().without("threshold")));
        assertEquals(Code.INVALID_REQUEST, refusal(FLAG.json().with("kind", Json.of("AT_MOST"))));
        assertEquals(Code.UNKNOWN_FIELD, refusal(VALUE.json().with("clamp", Json.of(1))));
    }

    /** A plan that leaves its bounds open is a plan of any bounds: each member has to be there. */
    @ParameterizedTest
    @CsvSource({"scale, 10", "scale, -1", "min, 501", "max, -4", "max, 9007199254740992", "min, -9007199254740992"})
    void json_withoutABoundOrBeyondIt_isRefused(String member, String number) {
        assertEquals(Code.INVALID_REQUEST, refusal(VALUE.json().without(member)));
        assertThrows(DataException.class, () -> TagSpec.read(VALUE.json().with(member, Json.parse(number))));
    }

    /** A clamp of nothing but zero makes a tag that says nothing, and a sensitivity of zero makes no noise. */
    @Test
    void clamp_ofZeroAlone_isRefused() {
        var zero = VALUE.json().with("min", Json.of(0)).with("max", Json.of(0));
        assertEquals(Code.INVALID_REQUEST, refusal(zero));
    }

    @Test
    void maxAbs_isTheClampsMagnitudeOrOne() {
        assertEquals(500, VALUE.maxAbs());
        assertEquals(1, FLAG.maxAbs());
        var debts = new TagSpec(
                new TagName("debt"),
                new ColumnName("debt"),
                new TagBounds(0, new Clamp(-900, 500)),
                OptionalLong.empty());
        assertEquals(900, debts.maxAbs());
        assertEquals(1, buckets("low", "high").maxAbs());
    }

    @Test
    void isOf_theColumnAsDeclared_holds() {
        assertTrue(VALUE.isOf(column("spend", ColumnType.DECIMAL, 2, Optional.of(CLAMP))));
        assertTrue(FLAG.isOf(column("spend", ColumnType.DECIMAL, 2, Optional.of(CLAMP))));
    }

    /** Each of these changes what a person weighs, or which values count as at least the threshold. */
    @Test
    void isOf_aColumnThatDiffersInOneThing_doesNotHold() {
        for (TagSpec spec : List.of(VALUE, FLAG)) {
            assertFalse(spec.isOf(column("spent", ColumnType.DECIMAL, 2, Optional.of(CLAMP))));
            assertFalse(spec.isOf(column("spend", ColumnType.STRING, 2, Optional.of(CLAMP))));
            assertFalse(spec.isOf(column("spend", ColumnType.DECIMAL, 1, Optional.of(CLAMP))));
            assertFalse(spec.isOf(column("spend", ColumnType.DECIMAL, 2, Optional.of(new Clamp(-3, 499)))));
            assertFalse(spec.isOf(column("spend", ColumnType.DECIMAL, 2, Optional.of(new Clamp(-2, 500)))));
            assertFalse(spec.isOf(column("spend", ColumnType.DECIMAL, 2, Optional.empty())));
        }
    }

    /** In another order the counts would get other names. */
    @Test
    void isOf_bucketsOfTheSameValuesInTheSameOrder_holds() {
        var income = column("income", ColumnType.STRING, 0, Optional.empty(), "low", "high");
        assertTrue(buckets("low", "high").isOf(income));
        assertFalse(buckets("high", "low").isOf(income));
        assertFalse(buckets("low").isOf(income));
        assertFalse(buckets("low", "high", "top").isOf(income));
    }

    private static Column column(String name, ColumnType type, int scale, Optional<Clamp> clamp, String... domain) {
        return new Column(
                new ColumnName(name),
                type,
                scale,
                Level.L4,
                Set.of(),
                new Semantic("NONE"),
                LabelledBy.STEWARD,
                Set.of(Use.ENCRYPTED_ONLY),
                List.of(domain),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                clamp);
    }

    private static Code refusal(Json json) {
        return assertThrows(DataException.class, () -> TagSpec.read(json)).code();
    }
}
