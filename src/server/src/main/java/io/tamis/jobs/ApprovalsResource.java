package io.tamis.jobs;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Actor;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.ledger.CurrentActor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** Owners' approvals of a job that reads their data. */
@Path("/v1/jobs/{id}/approvals")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class ApprovalsResource {
    private final CurrentActor caller;
    private final Jdbi jdbi;
    private final Approvals approvals;
    private final ApprovalReader reader;
    private final Workers workers;
    private final RateLimits rates;

    ApprovalsResource(
            CurrentActor caller,
            Jdbi jdbi,
            Approvals approvals,
            ApprovalReader reader,
            Workers workers,
            RateLimits rates) {
        this.caller = caller;
        this.jdbi = jdbi;
        this.approvals = approvals;
        this.reader = reader;
        this.workers = workers;
        this.rates = rates;
    }

    @GET
    @RolesAllowed({"platform", "compliance-officer"})
    @Operation(summary = "Read what a job asks approval for, and the own party's verdicts")
    @APIResponse(responseCode = "200", ref = "Approval")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response show(@Parameter(ref = "jobId") @PathParam("id") String id) {
        return Response.ok(reader.view(caller.actor(), Pages.job(id)).toJson().canonical())
                .build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("platform")
    @Operation(summary = "Approve or reject a job that reads data of the caller's party")
    @APIResponse(responseCode = "201", ref = "ApprovalGiven")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response give(
            @Parameter(ref = "jobId") @PathParam("id") String id, @RequestBody(ref = "Verdict") InputStream body) {
        Actor actor = caller.actor();
        RateHeaders.require(rates.take(RateLimits.Kind.APPROVALS, actor.party()));
        JobId job = Pages.job(id);
        Judgement judgement = Judgement.parse(Json.parse(Bodies.read(body)));
        if (jdbi.inTransaction(tx -> approvals.give(tx, actor, job, judgement))
                instanceof Approvals.Outcome.Refused(var code, var event)) {
            throw new JobsException(code, Optional.empty(), event);
        }
        workers.wake();
        return Response.status(Response.Status.CREATED)
                .entity(reader.view(actor, job).toJson().canonical())
                .location(URI.create("/v1/jobs/" + job + "/approvals"))
                .build();
    }
}
