package io.tamis.cli.demo;

import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import java.util.List;
import java.util.Map;

/** The job bodies of the questions across platforms; audiences are named by the first word of their dataset. */
final class AcrossQuestions {
    /** Whose reach is asked for, between which days: truth.json knows the answer. */
    static final String CAMPAIGN = "singles-day";

    static final String FROM = "2026-10-20";
    static final String TO = "2026-11-11";

    /** Persons reached so often or more are one group. */
    static final int FREQUENCY_MAX = 5;

    private AcrossQuestions() {}

    /** A job's body, but for its request id. */
    record Question(String type, String purpose, List<String> datasets, Json.Obj params, MicroEpsilon epsilon) {
        Json body(Pact pact, String requestId) {
            var inputs = datasets.stream()
                    .map(dataset -> Json.object()
                            .put("id", dataset)
                            .put("version", 1)
                            .put("purpose", purpose)
                            .build())
                    .toList();
            return Json.object()
                    .put("jobRequestId", requestId)
                    .put("type", type)
                    .put("collaborationId", pact.id().value())
                    .put("datasets", Json.array(inputs))
                    .put("params", params)
                    .put(
                            "privacy",
                            Json.object()
                                    .put("mechanism", "PURE_LAPLACE")
                                    .put("epsilonMicro", epsilon.value())
                                    .build())
                    .put("reason", "what the platforms' people have in common")
                    .build();
        }
    }

    /** Which people these lists have in common. */
    static Question overlap(MicroEpsilon epsilon, String... datasets) {
        var audiences = List.of(datasets).stream()
                .map(dataset -> Json.object()
                        .put("id", audience(dataset))
                        .put("dataset", dataset)
                        .build())
                .toList();
        return new Question(
                "OVERLAP",
                "AUDIENCE_INSIGHT",
                List.of(datasets),
                Json.object().put("audiences", Json.array(audiences)).build(),
                epsilon);
    }

    /** How many people a campaign reached on these platforms, and how often. */
    static Question reach(MicroEpsilon epsilon, String... datasets) {
        var exposures = List.of(datasets).stream()
                .map(dataset -> Json.object()
                        .put("id", audience(dataset))
                        .put("dataset", dataset)
                        .put("on", dataset + "#shown_on")
                        .put("where", Json.array(List.of(ofCampaign(dataset))))
                        .build())
                .toList();
        return new Question(
                "REACH_FREQUENCY",
                "AD_MEASUREMENT",
                List.of(datasets),
                Json.object()
                        .put("exposures", Json.array(exposures))
                        .put(
                                "window",
                                Json.object().put("from", FROM).put("to", TO).build())
                        .put("maxFrequency", FREQUENCY_MAX)
                        .build(),
                epsilon);
    }

    /** What a dataset's people are called in a question. */
    static String audience(String dataset) {
        return Map.of("brand-members", "brand").getOrDefault(dataset, dataset.replaceFirst("-(users|exposures)$", ""));
    }

    private static Json ofCampaign(String dataset) {
        return Json.object()
                .put("column", dataset + "#campaign")
                .put("op", "EQ")
                .put("values", Json.strings(List.of(CAMPAIGN)))
                .build();
    }
}
