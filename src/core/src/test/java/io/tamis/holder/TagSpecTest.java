package io.tamis.holder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.util.OptionalLong;
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
