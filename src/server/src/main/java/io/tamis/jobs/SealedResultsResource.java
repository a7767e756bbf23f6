package io.tamis.jobs;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.ledger.CurrentActor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was released to a merchant's own key: this service hands it over and cannot read it. */
@Path("/v1/jobs/{id}/sealed-results/{hash}")
@Tag(name = "Jobs")
@RunOnVirtualThread
class SealedResultsResource {
    private final CurrentActor caller;
    private final Results results;
    private final RateLimits rates;

    SealedResultsResource(CurrentActor caller, Results results, RateLimits rates) {
        this.caller = caller;
        this.results = results;
        this.rates = rates;
    }

    @GET
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("merchant")
    @Operation(summary = "Read a sealed number of a job's result, which only the secret of the job's resultKey opens")
    @APIResponse(responseCode = "200", ref = "Blob")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "410", ref = "Expired")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public byte[] sealed(
            @Parameter(ref = "jobId") @PathParam("id") String id,
            @Parameter(ref = "digest") @PathParam("hash") String hash) {
        Actor actor = caller.actor();
        RateHeaders.require(rates.take(RateLimits.Kind.RESULTS, actor.party()));
        return results.sealed(actor, Pages.job(id), digest(hash));
    }

    private static Hash digest(String text) {
        try {
            return Hash.parse(text);
        } catch (DataException malformed) {
            throw new JobsException(Code.NOT_FOUND);
        }
    }
}
