package io.tamis.cli.bench;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.JsonView;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Purpose;
import io.tamis.data.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/** A collaboration on a rig's server that all its members have signed, in its first epoch. */
record SignedAgreement(Rig rig, CollaborationId id) {
    /** Makes one of these parties; the first one proposes it. Each signs in its role. */
    static SignedAgreement of(Rig rig, List<Party> parties, Purpose purpose) {
        JsonView created = parties.getFirst()
                .on(rig)
                .post("/v1/collaborations", terms(parties, purpose))
                .orRefused()
                .view();
        var agreement =
                new SignedAgreement(rig, new CollaborationId(created.at("id").text()));
        Json signature = Json.object()
                .put("agreementHash", created.at("agreementHash").text())
                .build();
        parties.forEach(party ->
                party.on(rig).post(agreement.path() + "/signatures", signature).orRefused());
        return agreement;
    }

    /** A member and the one role it has there. */
    record Party(PartyId id, Role role) {
        private ApiClient on(Rig rig) {
            return rig.as(role, id);
        }
    }

    /** Attaches version 1 of a dataset of this party. */
    void attach(PartyId owner, DatasetId dataset) {
        Json body = Json.object().put("version", 1).put("keyEpoch", 1).build();
        rig.as(Role.PLATFORM, owner)
                .put(
                        path() + "/datasets/" + dataset,
                        BodyPublishers.ofByteArray(body.canonicalBytes()),
                        Map.of("Content-Type", "application/json"))
                .orRefused();
    }

    private String path() {
        return "/v1/collaborations/" + id;
    }

    private static Json terms(List<Party> parties, Purpose purpose) {
        var members = parties.stream()
                .map(party -> Json.object()
                        .put("party", party.id().value())
                        .put("roles", Json.strings(List.of(party.role().token())))
                        .build())
                .toList();
        return Json.object()
                .put("members", Json.array(members))
                .put("legalRelation", "JOINT")
                .put("purposes", Json.strings(List.of(purpose.name())))
                .put("region", "DOMESTIC")
                .build();
    }
}
