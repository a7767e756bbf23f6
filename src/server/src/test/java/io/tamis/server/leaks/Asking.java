package io.tamis.server.leaks;

import io.restassured.response.Response;
import io.tamis.data.Role;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.util.List;
import java.util.stream.Collectors;

/** The questions of one merchant in one collaboration. */
final class Asking {
    private final String merchant;
    private final String collaboration;
    private final int version;
    private int number;

    Asking(String merchant, String collaboration, int version) {
        this.merchant = merchant;
        this.collaboration = collaboration;
        this.version = version;
    }

    String merchant() {
        return merchant;
    }

    String collaboration() {
        return collaboration;
    }

    /** One job of each type, with and without conditions, as JSON and as CSV, and a dry run. */
    void all(Answers answers) {
        var three = List.of("plant-a", "plant-b", "plant-c");
        for (String body : List.of(
                body("AGGREGATE", List.of("plant-a"), aggregate("arm", "alpha")),
                body("OVERLAP", three, overlap(",'where':[{'column':'plant-a#taste','op':'EQ','values':['c1']}]")),
                body("OVERLAP", three, overlap("")).replace("'reason'", "'output':{'format':'CSV'},'reason'"),
                body("REACH_FREQUENCY", List.of("plant-a", "plant-b"), reach()))) {
            String job = answers.of(submit(body), 202).path("jobId");
            answers.of(TestApi.await(merchant, job), 200);
            answers.of(TestApi.result(merchant, job), 200);
            answers.of(dryRun(body), 200);
        }
    }

    /** A question that is not answered any more. */
    void refused(Answers answers) {
        answers.refused("a detached list", submit(body("OVERLAP", List.of("plant-a", "plant-c"), overlap(""))));
    }

    static String aggregate(String column, String value) {
        return "{'measures':[{'id':'people','kind':'COUNT_USERS'}],'where':[{'column':'plant-a#" + column
                + "','op':'EQ','values':['" + value + "']}]}";
    }

    static String overlap(String where) {
        return "{'audiences':[{'id':'a','dataset':'plant-a'" + where
                + "},{'id':'b','dataset':'plant-b'},{'id':'c','dataset':'plant-c'}]}";
    }

    private static String reach() {
        return """
                {'exposures':[{'id':'a','dataset':'plant-a','on':'plant-a#shown_on'},\
                {'id':'b','dataset':'plant-b','on':'plant-b#shown_on'}],\
                'window':{'from':'2026-03-01','to':'2026-03-31'},'maxFrequency':3}""";
    }

    String body(String type, List<String> datasets, String params) {
        String asked = datasets.stream()
                .map(id -> "{'id':'" + id + "','version':" + version + ",'purpose':'AUDIENCE_INSIGHT'}")
                .collect(Collectors.joining(","));
        return "{'jobRequestId':'planted-" + ++number + "','type':'" + type + "','collaborationId':'" + collaboration
                + "','datasets':[" + asked + "],'params':" + params
                + ",'privacy':{'rhoMicro':50},'reason':'a search for leaks','acceptLowUtility':true}";
    }

    Response submit(String body) {
        return TestApi.submit(merchant, body.replace('\'', '"'));
    }

    Response dryRun(String body) {
        return TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, merchant))
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .post("/v1/dry-runs");
    }
}
