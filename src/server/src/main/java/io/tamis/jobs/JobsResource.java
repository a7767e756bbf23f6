package io.tamis.jobs;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.ledger.CurrentActor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

/** Jobs: the one asynchronous resource that carries every question. */
@Path("/v1/jobs")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class JobsResource {
    private final CurrentActor caller;
    private final Intake intake;
    private final JobReader reader;
    private final Workers workers;
    private final RateLimits rates;

    JobsResource(CurrentActor caller, Intake intake, JobReader reader, Workers workers, RateLimits rates) {
        this.caller = caller;
        this.intake = intake;
        this.reader = reader;
        this.workers = workers;
        this.rates = rates;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Submit a job")
    @APIResponse(responseCode = "202", ref = "JobAccepted")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "422", ref = "Refused")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response submit(@RequestBody(ref = "Job") InputStream body) {
        Actor actor = caller.actor();
        RateLimits.Standing standing = rates.take(RateLimits.Kind.JOBS, actor.party());
        RateHeaders.require(standing);
        byte[] bytes = Bodies.read(body);
        JobId id = intake.submit(actor, intake.parse(actor, bytes), bytes);
        workers.wake();
        JobView view = reader.view(actor, id);
        return RateHeaders.on(
                        Response.accepted(view.toJson().canonical()).location(URI.create("/v1/jobs/" + id)), standing)
                .build();
    }

    @GET
    @RolesAllowed({"merchant", "platform", "compliance-officer"})
    @Operation(summary = "List jobs: a merchant's and a platform's own, an officer's all")
    @APIResponse(responseCode = "200", ref = "Jobs")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Response list(
            @Parameter(ref = "limit") @QueryParam("limit") String limit,
            @Parameter(ref = "cursor") @QueryParam("cursor") String cursor) {
        int size = Pages.limit(limit);
        List<JobView> page = reader.page(caller.actor(), Pages.cursor(cursor), size);
        var body = Json.object()
                .put("items", Json.array(page.stream().map(JobView::toJson).toList()));
        if (page.size() == size) {
            body.put("next", page.getLast().job().id().toString());
        }
        return Response.ok(body.build().canonical()).build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({"merchant", "platform", "compliance-officer"})
    @Operation(summary = "Read where a job is, or wait for its end")
    @APIResponse(responseCode = "200", ref = "Job")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response show(
            @Parameter(ref = "jobId") @PathParam("id") String id,
            @Parameter(ref = "prefer") @HeaderParam("Prefer") String prefer) {
        JobView view = reader.await(caller.actor(), Pages.job(id), Pages.wait(prefer));
        return Response.ok(view.toJson().canonical()).build();
    }

    @POST
    @Path("/{id}/cancellation")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"merchant", "compliance-officer"})
    @Operation(summary = "Cancel a job; charged when its scan has begun")
    @APIResponse(responseCode = "202", ref = "JobCancelled")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    public Response cancel(
            @Parameter(ref = "jobId") @PathParam("id") String id, @RequestBody(ref = "Cancellation") InputStream body) {
        Actor actor = caller.actor();
        var fields = new JsonFields(Json.parse(Bodies.read(body)));
        if (fields.string("reason", 500).isBlank()) {
            throw new JobsException(Code.INVALID_REQUEST);
        }
        fields.end();
        JobView before = reader.view(actor, Pages.job(id));
        JobId job = before.job().id();
        if (before.state().terminal()) {
            throw new JobsException(Code.STATE_CONFLICT, Optional.of(job), Optional.empty());
        }
        intake.cancel(actor, job);
        return Response.accepted(reader.view(actor, job).toJson().canonical())
                .location(URI.create("/v1/jobs/" + job))
                .build();
    }
}
