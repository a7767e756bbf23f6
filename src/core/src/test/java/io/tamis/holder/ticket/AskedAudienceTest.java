package io.tamis.holder.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.data.CollaborationId;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.Purpose;
import io.tamis.data.TamisException;
import io.tamis.holder.TagName;
import io.tamis.privacy.Loss;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AskedAudienceTest {
    private static final Json.Obj REQUEST = (Json.Obj) Json.parse("""
            {"jobRequestId":"r-1","type":"AUDIENCE_AGGREGATE","collaborationId":"col_1",
             "datasets":[{"id":"shop-users","version":2,"purpose":"AUDIENCE_INSIGHT"},
                         {"id":"video-users","version":1,"purpose":"ATTRIBUTION"}],
             "params":{"metric":"COUNT","tags":{"video-users":"fans","shop-users":"friends"},
                       "where":{"shop-users":[]},"groupBy":"city_tier"},
             "privacy":{"rhoMicro":900,"minUsers":200},
             "output":{"format":"CSV"},"assumedUsers":7,"acceptLowUtility":true,
             "reason":"who watches and buys"}""");

    @Test
    void request_inFull_isRead() {
        assertEquals(
                new AskedAudience(
                        new CollaborationId("col_1"),
                        Set.of(
                                source("shop-users", 2, Purpose.AUDIENCE_INSIGHT, "friends"),
                                source("video-users", 1, Purpose.ATTRIBUTION, "fans")),
                        Metric.COUNT,
                        QueryKind.MASKED,
                        Optional.of(new ColumnName("city_tier")),
                        Optional.empty(),
                        new Loss.Zcdp(new MicroRho(900)),
                        OptionalInt.of(200)),
                AskedAudience.parse(REQUEST));
    }

    /** Counts have neither conditions nor a key, and are asked instead of tags. */
    @Test
    void request_ofCounts_isReadAndHasNothingElse() {
        var counts = (Json.Obj) Json.parse("""
                {"metric":"COUNT","buckets":{"video-users":"fans","shop-users":"friends"}}""");
        var asked = AskedAudience.parse(REQUEST.with("params", counts));
        assertEquals(QueryKind.BUCKETS, asked.kind());
        assertEquals(Optional.empty(), asked.groupBy());
        assertEquals(2, asked.sources().size());
        for (var more : List.of(
                counts.with("groupBy", Json.of("city_tier")),
                counts.with("where", Json.object().build()),
                counts.with("tags", counts.member("buckets").orElseThrow()))) {
            assertThrows(DataException.class, () -> AskedAudience.parse(REQUEST.with("params", more)));
        }
    }

    @Test
    void request_atItsShortest_isRead() {
        var asked = AskedAudience.parse((Json.Obj) Json.parse("""
                {"jobRequestId":"r-1","type":"AUDIENCE_AGGREGATE","collaborationId":"col_1",
                 "datasets":[{"id":"shop-users","version":2,"purpose":"AUDIENCE_INSIGHT"}],
                 "params":{"metric":"SUM","tags":{"shop-users":"friends"}},
                 "privacy":{"mechanism":"PURE_LAPLACE","epsilonMicro":5},"reason":"who buys what"}"""));
        assertEquals(Optional.empty(), asked.groupBy());
        assertEquals(OptionalInt.empty(), asked.minUsers());
        assertEquals(new Loss.Pure(new MicroEpsilon(5)), asked.loss());
    }

    @Test
    void request_withAResultKey_namesIt() {
        var key = Tickets.hash("key");
        var asked = AskedAudience.parse(REQUEST.with("params", params().with("resultKey", Json.of(key.hex()))));
        assertEquals(Optional.of(key), asked.resultKey());
        for (String wrong : List.of("", "00", key.hex().toUpperCase(java.util.Locale.ROOT), key.hex() + "0")) {
            assertThrows(
                    TamisException.class,
                    () -> AskedAudience.parse(REQUEST.with("params", params().with("resultKey", Json.of(wrong)))));
        }
    }

    @Test
    void request_withoutAMemberThatMustBeThere_isRefused() {
        for (String member :
                List.of("jobRequestId", "type", "collaborationId", "datasets", "params", "privacy", "reason")) {
            refused(Code.INVALID_REQUEST, REQUEST.without(member));
        }
        for (String member : List.of("metric", "tags")) {
            refused(Code.INVALID_REQUEST, REQUEST.with("params", params().without(member)));
        }
    }

    @Test
    void request_withAMemberMoreAtAnyDepth_isRefused() {
        refused(Code.UNKNOWN_FIELD, REQUEST.with("open", Json.of(true)));
        refused(Code.UNKNOWN_FIELD, REQUEST.with("params", params().with("open", Json.of(true))));
        refused(
                Code.UNKNOWN_FIELD,
                REQUEST.with(
                        "privacy",
                        Json.object().put("rhoMicro", 9).put("delta", 1).build()));
        refused(
                Code.UNKNOWN_FIELD,
                REQUEST.with(
                        "datasets",
                        Json.array(List.of(Json.object()
                                .put("id", "shop-users")
                                .put("version", 2)
                                .put("purpose", "AUDIENCE_INSIGHT")
                                .put("tag", "other")
                                .build()))));
    }

    @Test
    void request_ofAnotherType_isRefused() {
        refused(Code.INVALID_REQUEST, REQUEST.with("type", Json.of("AGGREGATE")));
    }

    /** A tag without its dataset, or a dataset without a tag, or one twice, is not a sum of one tag each. */
    @Test
    void request_whoseTagsAreNotThoseOfItsDatasets_isRefused() {
        refused(Code.INVALID_REQUEST, tags(Json.object().put("shop-users", "friends")));
        refused(
                Code.INVALID_REQUEST,
                tags(Json.object()
                        .put("shop-users", "friends")
                        .put("video-users", "fans")
                        .put("messenger-users", "contacts")));
        var datasets = ((Json.Arr) REQUEST.member("datasets").orElseThrow()).items();
        refused(
                Code.INVALID_REQUEST,
                REQUEST.with("datasets", Json.array(List.of(datasets.get(0), datasets.get(1), datasets.get(0)))));
        refused(Code.INVALID_REQUEST, REQUEST.with("params", params().with("tags", Json.array(List.of()))));
    }

    @Test
    void sourcesOfATicket_areItsInTheseTerms() {
        assertEquals(
                Set.of(
                        source("shop-users", 2, Purpose.AUDIENCE_INSIGHT, "friends"),
                        source("video-users", 1, Purpose.AUDIENCE_INSIGHT, "friends")),
                AskedAudience.sources(Tickets.ticket()));
    }

    private static AskedAudience.Source source(String dataset, int version, Purpose purpose, String tag) {
        return new AskedAudience.Source(new DatasetId(dataset), version, purpose, new TagName(tag));
    }

    private static Json.Obj params() {
        return (Json.Obj) REQUEST.member("params").orElseThrow();
    }

    private static Json.Obj tags(Json.Builder tags) {
        return REQUEST.with("params", params().with("tags", tags.build()));
    }

    private static void refused(Code code, Json.Obj request) {
        assertEquals(
                code,
                assertThrows(DataException.class, () -> AskedAudience.parse(request))
                        .code());
    }
}
