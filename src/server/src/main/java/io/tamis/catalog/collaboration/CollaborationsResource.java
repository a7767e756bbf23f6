package io.tamis.catalog.collaboration;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.catalog.collaboration.Minutes.Subject;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Agreements of several parties, and their lives. */
@Path("/v1/collaborations")
@Tag(name = "Collaborations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class CollaborationsResource {
    private static final int REASON_CHARS_MIN = 10;
    private static final int REASON_CHARS_MAX = 500;
    private static final int HASH_CHARS = 64;

    private final Requests requests;
    private final Agreements agreements;
    private final CollaborationReader reader;
    private final Minutes minutes;

    CollaborationsResource(Requests requests, Agreements agreements, CollaborationReader reader, Minutes minutes) {
        this.requests = requests;
        this.agreements = agreements;
        this.reader = reader;
        this.minutes = minutes;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Propose an agreement of several parties")
    @APIResponse(responseCode = "201", ref = "CollaborationCreated")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response create(@RequestBody(ref = "Collaboration") InputStream body) {
        Actor actor = requests.changer();
        CollaborationRows.Row row = minutes.recording(
                actor, Subject.nothingYet(), () -> agreements.create(actor, Terms.parse(Requests.body(body))));
        return shown(Response.status(Response.Status.CREATED), row)
                .location(URI.create("/v1/collaborations/" + row.id()))
                .build();
    }

    @GET
    @RolesAllowed({"merchant", "platform", "compliance-officer"})
    @Operation(summary = "List collaborations: a member's own, an officer's all")
    @APIResponse(responseCode = "200", ref = "Collaborations")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Response list(
            @Parameter(ref = "limit") @QueryParam("limit") @DefaultValue("50") String limit,
            @Parameter(ref = "cursor") @QueryParam("cursor") String cursor) {
        int size = CollaborationReader.limit(limit);
        List<CollaborationRows.Row> page =
                reader.page(requests.reader(), CollaborationReader.cursor(Optional.ofNullable(cursor)), size);
        var body = Json.object()
                .put(
                        "items",
                        Json.array(page.stream().map(CollaborationView::of).toList()));
        if (page.size() == size) {
            body.put("next", page.getLast().id().value());
        }
        return Response.ok(body.build().canonical()).build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({"merchant", "platform", "compliance-officer"})
    @Operation(summary = "Read a collaboration: members, terms, state, what is attached")
    @APIResponse(responseCode = "200", ref = "Collaboration")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response show(@Parameter(ref = "collaborationId") @PathParam("id") String id) {
        return shown(Response.ok(), reader.view(requests.reader(), Requests.collaboration(id)))
                .build();
    }

    @POST
    @Path("/{id}/signatures")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Sign for the caller's party; the last signature makes the agreement active")
    @APIResponse(responseCode = "200", ref = "Collaboration")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response sign(
            @Parameter(ref = "collaborationId") @PathParam("id") String id,
            @RequestBody(ref = "Signature") InputStream body) {
        Actor actor = requests.changer();
        var collaboration = Requests.collaboration(id);
        return changed(minutes.recording(actor, Subject.of(collaboration), () -> {
            var fields = new JsonFields(Requests.body(body));
            var agreementHash = Hash.parse(fields.string("agreementHash", HASH_CHARS));
            fields.end();
            return agreements.sign(actor, collaboration, agreementHash);
        }));
    }

    @DELETE
    @Path("/{id}/signatures")
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Withdraw the caller's party with its datasets; fewer than two left, or a draft, is closed")
    @APIResponse(responseCode = "204", ref = "Withdrawn")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response withdraw(@Parameter(ref = "collaborationId") @PathParam("id") String id) {
        Actor actor = requests.changer();
        var collaboration = Requests.collaboration(id);
        EventId event =
                minutes.recording(actor, Subject.of(collaboration), () -> agreements.withdraw(actor, collaboration));
        return Response.noContent().header("Tamis-Event", event.toString()).build();
    }

    @POST
    @Path("/{id}/closure")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Close for all members and for ever: its keys and link files are destroyed")
    @APIResponse(responseCode = "200", ref = "Collaboration")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response close(
            @Parameter(ref = "collaborationId") @PathParam("id") String id,
            @RequestBody(ref = "Closure") InputStream body) {
        Actor actor = requests.changer();
        var collaboration = Requests.collaboration(id);
        return changed(minutes.recording(actor, Subject.of(collaboration), () -> {
            var fields = new JsonFields(Requests.body(body));
            String reason = fields.string("reason", REASON_CHARS_MAX);
            fields.end();
            if (reason.strip().length() < REASON_CHARS_MIN) {
                throw new CollaborationException(Code.INVALID_REQUEST);
            }
            return agreements.close(actor, collaboration, reason);
        }));
    }

    @POST
    @Path("/{id}/epochs")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Begin the epoch after this one: a new pseudonym key, the old one destroyed at once")
    @APIResponse(responseCode = "200", ref = "Collaboration")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "412", ref = "OtherVersion")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response rotate(
            @Parameter(ref = "collaborationId") @PathParam("id") String id,
            @RequestBody(ref = "Epoch") InputStream body) {
        Actor actor = requests.changer();
        var collaboration = Requests.collaboration(id);
        return changed(minutes.recording(actor, Subject.of(collaboration), () -> {
            var fields = new JsonFields(Requests.body(body));
            int keyEpoch = (int) fields.integer("keyEpoch", 1, Integer.MAX_VALUE - 1);
            fields.end();
            return agreements.rotate(actor, collaboration, keyEpoch);
        }));
    }

    private static Response changed(CollaborationRows.Row row) {
        return shown(Response.ok(), row)
                .header("Tamis-Event", row.event().toString())
                .build();
    }

    private static Response.ResponseBuilder shown(Response.ResponseBuilder answer, CollaborationRows.Row row) {
        return answer.entity(CollaborationView.of(row).canonical());
    }
}
