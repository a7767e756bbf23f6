package io.tamis.cli.demo;

import io.tamis.cli.client.Agreement;
import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.JsonView;
import io.tamis.data.CollaborationId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** An agreement between companies, as each of them meets it over HTTP. */
record Pact(CollaborationId id, String agreement) {
    private static final String ALL = "/v1/collaborations";

    /** A pact that somebody was shown. */
    static Pact of(JsonView shown) {
        return new Pact(
                new CollaborationId(shown.at("id").text()),
                shown.at("agreementHash").text());
    }

    /** The first of these companies proposes it to the others. */
    static Pact propose(Companies companies, List<PartyId> members, Collection<Purpose> purposes) {
        var named = members.stream()
                .map(party -> Json.object()
                        .put("party", party.value())
                        .put("roles", Json.strings(List.of(Companies.role(party).token())))
                        .build())
                .toList();
        Json body = Json.object()
                .put("members", Json.array(named))
                .put("legalRelation", "JOINT")
                .put(
                        "purposes",
                        Json.strings(purposes.stream().map(Purpose::name).toList()))
                .put("region", "DOMESTIC")
                .build();
        return of(
                companies.member(members.getFirst()).post(ALL, body).orRefused().view());
    }

    /** A member reads the terms, computes their digest, and signs that. */
    Answer sign(ApiClient member) {
        var agreement = new Agreement(member.get(path()).orRefused().view());
        return member.post(
                path() + "/signatures",
                Json.object().put("agreementHash", agreement.agreed().hex()).build());
    }

    /** A member attaches the first version of its dataset in the first key epoch. */
    Answer attach(ApiClient owner, String dataset) {
        Json body = Json.object().put("version", 1).put("keyEpoch", 1).build();
        return owner.put(
                path() + "/datasets/" + dataset,
                BodyPublishers.ofByteArray(body.canonicalBytes()),
                Map.of("Content-Type", "application/json"));
    }

    /** A member ends it for all. */
    Answer close(ApiClient member) {
        return member.post(
                path() + "/closure",
                Json.object()
                        .put("reason", "the campaign that it was for is over")
                        .build());
    }

    String path() {
        return ALL + "/" + id;
    }
}
