package io.tamis.jobs;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Actor;
import io.tamis.ledger.CurrentActor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a job would cost and how exact it would be, before it is asked. */
@Path("/v1/dry-runs")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class DryRunsResource {
    private final CurrentActor caller;
    private final Intake intake;
    private final DryRuns dryRuns;
    private final RateLimits rates;

    DryRunsResource(CurrentActor caller, Intake intake, DryRuns dryRuns, RateLimits rates) {
        this.caller = caller;
        this.intake = intake;
        this.dryRuns = dryRuns;
        this.rates = rates;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Predict price and error of a job; reads no data, charges nothing")
    @APIResponse(responseCode = "200", ref = "DryRun")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response answer(@RequestBody(ref = "Job") InputStream body) {
        Actor actor = caller.actor();
        RateLimits.Standing standing = rates.take(RateLimits.Kind.DRY_RUNS, actor.party());
        RateHeaders.require(standing);
        JobRequest request = intake.parse(actor, Bodies.read(body));
        return RateHeaders.on(Response.ok(dryRuns.answer(actor, request).canonical()), standing)
                .build();
    }
}
