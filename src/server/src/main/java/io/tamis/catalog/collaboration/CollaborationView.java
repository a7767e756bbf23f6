package io.tamis.catalog.collaboration;

import io.tamis.data.Json;
import java.util.List;

/** A collaboration as it stands in answers: no counts, no content hashes. */
final class CollaborationView {
    private CollaborationView() {}

    static Json.Obj of(CollaborationRows.Row row) {
        Collaboration collaboration = row.collaboration();
        var json = Json.object()
                .put("id", row.id().value())
                .put("state", collaboration.state().name())
                .put("members", Json.array(members(collaboration)))
                .put(
                        "datasets",
                        Json.array(row.attachments().stream()
                                .map(CollaborationView::of)
                                .toList()))
                .put("legalRelation", collaboration.legalRelation().name())
                .put("purposes", Terms.names(collaboration.purposes()))
                .put("region", collaboration.region().name())
                .put("keyEpoch", collaboration.keyEpoch())
                .put("agreementHash", collaboration.agreementHash().hex())
                .put("createdAt", row.createdAt().toString())
                .putIfPresent("closedAt", row.closedAt().map(Object::toString))
                .putIfPresent("closureReason", row.closureReason())
                .put("eventId", row.event().toString());
        return json.build();
    }

    private static List<Json.Obj> members(Collaboration collaboration) {
        return collaboration.members().stream()
                .map(member -> Json.object()
                        .put("party", member.party().value())
                        .put("roles", Terms.tokens(member.roles()))
                        .putIfPresent("signedAt", member.signedAt().map(Object::toString))
                        .putIfPresent("withdrawnAt", member.withdrawnAt().map(Object::toString))
                        .build())
                .toList();
    }

    private static Json.Obj of(AttachmentRows.Row row) {
        Attachment attachment = row.attachment();
        return Json.object()
                .put("id", attachment.dataset().value())
                .put("owner", row.owner().value())
                .put("version", attachment.version())
                .put("keyEpoch", attachment.keyEpoch())
                .put("semantic", attachment.semantic().value())
                .put("attachedAt", row.attachedAt().toString())
                .build();
    }
}
