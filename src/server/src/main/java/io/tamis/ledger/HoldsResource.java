package io.tamis.ledger;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Code;
import io.tamis.data.Json;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Legal holds over HTTP: the officer places, reads and lifts them. */
@Path("/v1/ledger/holds")
@Tag(name = "Ledger")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Singleton
class HoldsResource {
    /** What the log says was read. */
    private static final String VIEWED = "holds";

    private final LegalHolds holds;
    private final Audit audit;
    private final CurrentActor caller;

    HoldsResource(LegalHolds holds, Audit audit, CurrentActor caller) {
        this.holds = holds;
        this.audit = audit;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("compliance-officer")
    @Operation(summary = "List legal holds, lifted ones too; itself logged")
    @APIResponse(responseCode = "200", ref = "Holds")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public String list(
            @Parameter(ref = "cursor") @QueryParam("cursor") @DefaultValue("") String cursor,
            @Parameter(ref = "limit") @QueryParam("limit") @DefaultValue("50") String limit) {
        int max = OfficerRequests.limit(limit);
        String after = cursor.isEmpty() ? "" : id(cursor);
        audit.viewed(caller.actor(), VIEWED);
        var page = holds.page(after, max);
        var body = Json.object()
                .put("items", Json.array(page.stream().map(LegalHold::toJson).toList()));
        if (page.size() == max) {
            body.put("next", page.getLast().id());
        }
        return body.build().canonical();
    }

    @GET
    @Path("/{hold}")
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Read a legal hold; itself logged")
    @APIResponse(responseCode = "200", ref = "Hold")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String get(@Parameter(ref = "hold") @PathParam("hold") String hold) {
        String id = id(hold);
        audit.viewed(caller.actor(), VIEWED);
        return holds.get(id).toJson().canonical();
    }

    @PUT
    @Path("/{hold}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Place a legal hold: what it covers is not erased; itself logged")
    @APIResponse(responseCode = "200", ref = "Hold")
    @APIResponse(responseCode = "201", ref = "HoldPlaced")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    public Response place(
            @Parameter(ref = "hold") @PathParam("hold") String hold, @RequestBody(ref = "Hold") InputStream body) {
        String id = id(hold);
        var fields = OfficerRequests.fields(body);
        var reason = fields.constant("reason", LegalHold.Reason.class);
        var target = KeyTarget.read(fields);
        fields.end();
        var changed = holds.place(caller.actor(), id, target, reason);
        return Response.status(changed.now() ? Response.Status.CREATED : Response.Status.OK)
                .entity(changed.hold().toJson().canonical())
                .build();
    }

    @DELETE
    @Path("/{hold}")
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Lift a legal hold; itself logged")
    @APIResponse(responseCode = "200", ref = "Hold")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String lift(@Parameter(ref = "hold") @PathParam("hold") String hold) {
        return holds.lift(caller.actor(), id(hold)).toJson().canonical();
    }

    private static String id(String text) {
        if (!text.matches(LegalHold.ID_FORM)) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        return text;
    }
}
