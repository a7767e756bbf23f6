package io.tamis.ledger;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Erasure over HTTP. Nothing erases itself: each is an officer's decision, with a reason, and an entry. */
@Path("/v1/ledger")
@Tag(name = "Ledger")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Singleton
class ErasuresResource {
    /** Most classes and months told as due; the oldest come first. */
    static final int DUE_MAX = 200;

    private final KeyErasure erasure;
    private final Retentions retentions;
    private final KekRotation rotation;
    private final Audit audit;
    private final CurrentActor caller;

    ErasuresResource(
            KeyErasure erasure, Retentions retentions, KekRotation rotation, Audit audit, CurrentActor caller) {
        this.erasure = erasure;
        this.retentions = retentions;
        this.rotation = rotation;
        this.audit = audit;
        this.caller = caller;
    }

    @POST
    @Path("/erasures")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Erase entries' content by destroying its keys; proofs stay; itself logged")
    @APIResponse(responseCode = "201", ref = "Erased")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Kept")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    public Response erase(@RequestBody(ref = "Erasure") InputStream body) {
        var fields = OfficerRequests.fields(body);
        var reason = fields.constant("reason", KeyErasure.Reason.class);
        var target = KeyTarget.read(fields);
        fields.end();
        if (target instanceof KeyTarget.Whole) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        var done = erasure.erase(caller.actor(), target, reason);
        var answer = Json.object()
                .put("id", done.records().getFirst().toString())
                .put(
                        "eventIds",
                        Json.strings(
                                done.records().stream().map(EventId::toString).toList()))
                .put("keys", done.keys())
                .put("more", done.more())
                .put("onDuty", done.onDuty())
                .put("onHold", done.onHold())
                .put("state", "ERASED_IN_DATABASE")
                .build();
        return Response.status(Response.Status.CREATED)
                .header("Tamis-Event", done.records().getFirst().toString())
                .entity(answer.canonical())
                .build();
    }

    @GET
    @Path("/erasures")
    @RolesAllowed("compliance-officer")
    @Operation(summary = "List erasures, and whether they are final; itself logged")
    @APIResponse(responseCode = "200", ref = "Erasures")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public String erasures(
            @Parameter(ref = "cursor") @QueryParam("cursor") @DefaultValue("") String cursor,
            @Parameter(ref = "limit") @QueryParam("limit") @DefaultValue("50") String limit) {
        int max = OfficerRequests.limit(limit);
        var after = cursor.isEmpty() ? new UUID(0, 0) : EventId.parse(cursor).value();
        audit.viewed(caller.actor(), "erasures");
        var page = erasure.page(after, max);
        var body = Json.object()
                .put(
                        "items",
                        Json.array(page.stream().map(KeyErasure.Past::toJson).toList()));
        if (page.size() == max) {
            body.put("next", page.getLast().id().toString());
        }
        return body.build().canonical();
    }

    @GET
    @Path("/retention")
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Read how long entries are kept, and what is due to be erased; itself logged")
    @APIResponse(responseCode = "200", ref = "Retention")
    public String retention() {
        audit.viewed(caller.actor(), "retention");
        return retentions.told(DUE_MAX).canonical();
    }

    @POST
    @Path("/kek-rotations")
    @RolesAllowed({"compliance-officer", "operator"})
    @Operation(summary = "Change the key-encryption key and destroy the old one: erasures become final; itself logged")
    @APIResponse(responseCode = "200", ref = "Rotated")
    public String rotate() {
        return Json.object()
                .put("kekGeneration", rotation.rotate(caller.actor()))
                .build()
                .canonical();
    }
}
