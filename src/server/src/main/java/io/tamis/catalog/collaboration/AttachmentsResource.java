package io.tamis.catalog.collaboration;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.Minutes.Subject;
import io.tamis.data.Actor;
import io.tamis.data.CollaborationId;
import io.tamis.data.DatasetId;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What members bring into a collaboration. */
@Path("/v1/collaborations/{id}/datasets/{dataset}")
@Tag(name = "Collaborations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class AttachmentsResource {
    private final Requests requests;
    private final Attachments attachments;
    private final Detachments detachments;
    private final Minutes minutes;

    AttachmentsResource(Requests requests, Attachments attachments, Detachments detachments, Minutes minutes) {
        this.requests = requests;
        this.attachments = attachments;
        this.detachments = detachments;
        this.minutes = minutes;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Attach a version of the caller's dataset: derives its link files, which may take minutes")
    @APIResponse(responseCode = "200", ref = "AttachmentThere")
    @APIResponse(responseCode = "201", ref = "Attached")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "412", ref = "OtherVersion")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "422", ref = "Refused")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response attach(
            @Parameter(ref = "collaborationId") @PathParam("id") String id,
            @Parameter(ref = "attachedDataset") @PathParam("dataset") String dataset,
            @RequestBody(ref = "Attachment") InputStream body) {
        Actor actor = requests.changer();
        var collaboration = Requests.collaboration(id);
        var family = Requests.dataset(dataset);
        var attached = minutes.recording(
                actor,
                Subject.of(collaboration, family),
                () -> attachments.attach(actor, wanted(collaboration, family, body)));
        var row = attached.row();
        var answer = Json.object()
                .put("dataset", row.attachment().dataset().value())
                .put("version", row.attachment().version())
                .put("keyEpoch", row.attachment().keyEpoch())
                .put("semantic", row.attachment().semantic().value())
                .put("eventId", row.event().toString())
                .build();
        return Response.status(attached.created() ? Response.Status.CREATED : Response.Status.OK)
                .header("Tamis-Event", row.event().toString())
                .entity(answer.canonical())
                .build();
    }

    @DELETE
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Detach all versions of the caller's dataset: their link files are destroyed")
    @APIResponse(responseCode = "204", ref = "Detached")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response detach(
            @Parameter(ref = "collaborationId") @PathParam("id") String id,
            @Parameter(ref = "attachedDataset") @PathParam("dataset") String dataset) {
        Actor actor = requests.changer();
        var collaboration = Requests.collaboration(id);
        var family = Requests.dataset(dataset);
        Optional<EventId> event = minutes.recording(
                actor, Subject.of(collaboration, family), () -> detachments.detach(actor, collaboration, family));
        var answer = Response.noContent();
        event.ifPresent(entry -> answer.header("Tamis-Event", entry.toString()));
        return answer.build();
    }

    private static Attachments.Wanted wanted(CollaborationId id, DatasetId dataset, InputStream body) {
        var fields = new JsonFields(Requests.body(body));
        var wanted = new Attachments.Wanted(id, dataset, (int) fields.integer("version", 1, Snapshot.VERSION_MAX), (int)
                fields.integer("keyEpoch", 1, Integer.MAX_VALUE));
        fields.end();
        return wanted;
    }
}
