package io.tamis.jobs;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Actor;
import io.tamis.data.Json;
import io.tamis.ledger.CurrentActor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a job found, handed over to its receivers. */
@Path("/v1/jobs/{id}/result")
@Tag(name = "Jobs")
@RunOnVirtualThread
class ResultsResource {
    private final CurrentActor caller;
    private final Results results;
    private final RateLimits rates;

    ResultsResource(CurrentActor caller, Results results, RateLimits rates) {
        this.caller = caller;
        this.results = results;
        this.rates = rates;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Read a job's result; the delivery is logged before the first byte")
    @APIResponse(responseCode = "200", ref = "Result")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Expired")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response result(@Parameter(ref = "jobId") @PathParam("id") String id) {
        Actor actor = caller.actor();
        RateHeaders.require(rates.take(RateLimits.Kind.RESULTS, actor.party()));
        Results.Delivery delivery = results.deliver(actor, Pages.job(id));
        Json.Obj envelope = delivery.envelope();
        var response = switch (delivery.job().request().output().format()) {
            case JSON -> Response.ok(envelope.canonical(), MediaType.APPLICATION_JSON);
            case CSV -> Response.ok(CsvResult.of(envelope), "text/csv");
        };
        return response.header("Tamis-Policy", delivery.job().bundleHash().hex())
                .header("Tamis-Event", delivery.event().toString())
                .header("Privacy-Budget-Remaining", BudgetHeader.of(envelope))
                .build();
    }
}
