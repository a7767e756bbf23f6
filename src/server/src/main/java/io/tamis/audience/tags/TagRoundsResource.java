package io.tamis.audience.tags;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.audience.board.BoardRequests;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Rounds of all datasets: where a key holder finds what it has to audit. */
@Path("/v1/tag-rounds")
@Tag(name = "Tags")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class TagRoundsResource {
    private final BoardRequests requests;
    private final RoundViews views;

    TagRoundsResource(BoardRequests requests, RoundViews views) {
        this.requests = requests;
        this.views = views;
    }

    @GET
    @RolesAllowed({"key-holder", "compliance-officer"})
    @Operation(
            summary = "List the rounds under active key epochs that have not failed: a holder's own, an officer's all")
    @APIResponse(responseCode = "200", ref = "Rounds")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public String list(
            @Parameter(ref = "limit") @QueryParam("limit") @DefaultValue("200") String limit,
            @Parameter(ref = "cursor") @QueryParam("cursor") @DefaultValue("") String cursor) {
        return views.standing(requests.reader(), limit, cursor).canonical();
    }
}
