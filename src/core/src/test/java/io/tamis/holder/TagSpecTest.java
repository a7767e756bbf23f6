package io.tamis.holder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TagSpecTest {
    private static final TagSpec VALUE =
            new TagSpec(new TagName("friends"), new ColumnName("friends"), OptionalLong.empty());
    private static final TagSpec FLAG =
            new TagSpec(new TagName("popular"), new ColumnName("friends"), OptionalLong.of(50));

    @Test
    void json_ofBothKinds_readsBack() {
        assertEquals(VALUE, TagSpec.read(VALUE.json()));
        assertEquals(FLAG, TagSpec.read(FLAG.json()));
        assertEquals(
                "{\"column\":\"friends\",\"kind\":\"AT_LEAST\",\"name\":\"popular\",\"threshold\":50}",
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

    private static Code refusal(Json json) {
        return assertThrows(DataException.class, () -> TagSpec.read(json)).code();
    }
}
