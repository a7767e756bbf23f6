package io.tamis.cli.bench;

import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.Purpose;
import java.util.List;
import java.util.Optional;

/** An OVERLAP job inside an agreement: one audience for each of these datasets, named after it, in this order. */
record OverlapQuestion(CollaborationId collaboration, List<Audience> audiences) {
    /** What all agreements of benches and soaks are about. */
    static final Purpose PURPOSE = Purpose.AUDIENCE_INSIGHT;

    OverlapQuestion {
        audiences = List.copyOf(audiences);
    }

    /** Persons of a dataset on whom its condition holds, if it has one. */
    record Audience(DatasetId dataset, Optional<Condition> condition) {
        static Audience everybody(DatasetId dataset) {
            return new Audience(dataset, Optional.empty());
        }

        static Audience where(DatasetId dataset, Condition condition) {
            return new Audience(dataset, Optional.of(condition));
        }

        private Json toJson() {
            return Json.object()
                    .put("id", dataset.value())
                    .put("dataset", dataset.value())
                    .put(
                            "where",
                            Json.array(condition.stream()
                                    .map(one -> one.toJson(dataset))
                                    .toList()))
                    .build();
        }
    }

    /** A comparison with one value. */
    record Condition(String column, String operator, Json value) {
        private Json toJson(DatasetId dataset) {
            return Json.object()
                    .put("column", dataset + "#" + column)
                    .put("op", operator)
                    .put("values", Json.array(List.of(value)))
                    .build();
        }
    }

    /** The job under this name, paid for by {@code privacy}. */
    Json body(String requestId, Json privacy) {
        var datasets = audiences.stream()
                .map(audience -> Json.object()
                        .put("id", audience.dataset().value())
                        .put("version", 1)
                        .put("purpose", PURPOSE.name())
                        .build())
                .toList();
        var params = Json.object()
                .put(
                        "audiences",
                        Json.array(audiences.stream().map(Audience::toJson).toList()));
        return Json.object()
                .put("jobRequestId", requestId)
                .put("type", "OVERLAP")
                .put("collaborationId", collaboration.value())
                .put("datasets", Json.array(datasets))
                .put("params", params.build())
                .put("privacy", privacy)
                .put("reason", "a job of a bench or soak")
                .put("acceptLowUtility", true)
                .build();
    }
}
