package io.tamis.audience.tags;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.audience.board.BoardRequests;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a key holder finds the rounds it has a part in, whatever datasets there are. */
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
    @RolesAllowed("key-holder")
    @Operation(summary = "List the standing rounds that the holder has a part in")
    @APIResponse(responseCode = "200", ref = "Rounds")
    public String list() {
        return views.heldBy(requests.reader()).canonical();
    }
}
