package io.tamis.jobs;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Json;
import io.tamis.ledger.CurrentActor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What waits for approval. */
@Path("/v1/approvals")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ApprovalInboxResource {
    private final CurrentActor caller;
    private final ApprovalReader reader;

    ApprovalInboxResource(CurrentActor caller, ApprovalReader reader) {
        this.caller = caller;
        this.reader = reader;
    }

    @GET
    @RolesAllowed({"platform", "compliance-officer"})
    @Operation(summary = "List jobs that wait for the caller's approval; an officer's all")
    @APIResponse(responseCode = "200", ref = "Approvals")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Response inbox(
            @Parameter(ref = "limit") @QueryParam("limit") String limit,
            @Parameter(ref = "cursor") @QueryParam("cursor") String cursor) {
        int size = Pages.limit(limit);
        List<ApprovalView> page = reader.inbox(caller.actor(), Pages.cursor(cursor), size);
        var body = Json.object()
                .put("items", Json.array(page.stream().map(ApprovalView::toJson).toList()));
        if (page.size() == size) {
            body.put("next", page.getLast().job().id().toString());
        }
        return Response.ok(body.build().canonical()).build();
    }
}
