package io.tamis.cli.bench;

import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.MicroRho;
import java.time.LocalDate;
import java.util.List;

/** Small AGGREGATE jobs over the demonstration's purchases, each another plan, so that none is answered from the cache. */
final class TinyJob {
    static final DatasetId DATASET = new DatasetId("cdnow");

    private static final LocalDate FIRST_DAY = LocalDate.of(1997, 1, 1);

    /** The declared days: 1997-01-01 to 1998-06-30. */
    private static final int DAYS = 546;

    private TinyJob() {}

    /** The job with this number: buyers by quarter since a day, at a price; numbers below {@link #DAYS} squared differ. */
    static Json body(String requestId, int number, MicroRho rho) {
        var from = FIRST_DAY.plusDays(number % DAYS);
        var to = FIRST_DAY.plusDays(DAYS - 1 - number / DAYS % DAYS);
        var users = Json.object().put("id", "buyers").put("kind", "COUNT_USERS").build();
        var quarter = Json.object()
                .put("column", DATASET + "#purchased_on")
                .put("floor", "QUARTER")
                .build();
        var params = Json.object()
                .put("measures", Json.array(List.of(users)))
                .put("where", Json.array(List.of(filter("GE", from), filter("LE", to))))
                .put("groupBy", Json.array(List.of(quarter)))
                .build();
        var dataset = Json.object().put("id", DATASET.value()).put("version", 1).put("purpose", "CLV_MODELLING");
        return Json.object()
                .put("jobRequestId", requestId)
                .put("type", "AGGREGATE")
                .put("datasets", Json.array(List.of(dataset.build())))
                .put("params", params)
                .put("privacy", Json.object().put("rhoMicro", rho.value()).build())
                .put("reason", "a small job of a bench or soak")
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
