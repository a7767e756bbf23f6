package io.tamis.cli.demo;

import io.tamis.data.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The job bodies of the demonstration, as a merchant would write them. */
final class Questions {
    /** First and last day asked about: three quarters, as many groups as a person may contribute to. */
    static final LocalDate FROM = LocalDate.of(1997, 1, 1);

    static final LocalDate TO = LocalDate.of(1997, 9, 30);

    /** What the quarterly question may spend, in micro-rho: a quarter of a merchant's month. */
    static final long QUARTERLY_RHO_MICRO = 6_000;

    private static final String DATASET = "cdnow";

    private Questions() {}

    /** Buyers and revenue by quarter. */
    static Json quarterly(String requestId) {
        var measures = List.of(
                Json.object().put("id", "buyers").put("kind", "COUNT_USERS").build(),
                Json.object()
                        .put("id", "revenue")
                        .put("kind", "SUM")
                        .put("column", DATASET + "#amount_usd")
                        .build());
        return body(requestId, measures, byQuarter(), QUARTERLY_RHO_MICRO, "quarterly buyers and revenue");
    }

    /** Buyers by customer: an identifier as a group key. */
    static Json byCustomer(String requestId) {
        var key = List.of(Json.object().put("column", DATASET + "#customer_id").build());
        return body(requestId, users(), key, 100, "one row per customer, which must be refused");
    }

    /** Buyers by quarter at this price. */
    static Json priced(String requestId, long rhoMicro) {
        return body(requestId, users(), byQuarter(), rhoMicro, "more than what is left of the budget");
    }

    private static List<Json.Obj> users() {
        return List.of(
                Json.object().put("id", "buyers").put("kind", "COUNT_USERS").build());
    }

    private static List<Json.Obj> byQuarter() {
        return List.of(Json.object()
                .put("column", DATASET + "#purchased_on")
                .put("floor", "QUARTER")
                .build());
    }

    private static Json body(
            String requestId, List<Json.Obj> measures, List<Json.Obj> groupBy, long rhoMicro, String reason) {
        var where = new ArrayList<Json>();
        where.add(filter("GE", FROM));
        where.add(filter("LE", TO));
        var params = Json.object()
                .put("measures", Json.array(measures))
                .put("where", Json.array(where))
                .put("groupBy", Json.array(groupBy));
        var dataset = Json.object().put("id", DATASET).put("version", 1).put("purpose", "CLV_MODELLING");
        return Json.object()
                .put("jobRequestId", requestId)
                .put("type", "AGGREGATE")
                .put("datasets", Json.array(List.of(dataset.build())))
                .put("params", params.build())
                .put("privacy", Json.object().put("rhoMicro", rhoMicro).build())
                .put("reason", reason)
                .put("acceptLowUtility", true)
                .build();
    }

    private static Json filter(String operator, LocalDate day) {
        return Json.object()
                .put("column", DATASET + "#purchased_on")
                .put("op", operator)
                .put("values", Json.strings(List.of(day.toString())))
                .build();
    }
}
