package io.tamis.jobs;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.DatasetId;
import io.tamis.ledger.CurrentActor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The privacy budget: what was spent, by which job, and what is left. */
@Path("/v1/budgets")
@Tag(name = "Budgets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class BudgetsResource {
    private final CurrentActor caller;
    private final BudgetReader budgets;

    BudgetsResource(CurrentActor caller, BudgetReader budgets) {
        this.caller = caller;
        this.budgets = budgets;
    }

    @GET
    @RolesAllowed({"merchant", "platform", "compliance-officer"})
    @Operation(summary = "Read budget rows: a merchant its own, a platform its datasets', an officer all")
    @APIResponse(responseCode = "200", ref = "Budgets")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public Response rows(@Parameter(ref = "dataset") @QueryParam("dataset") String dataset) {
        return Response.ok(budgets.rows(
                                caller.actor(), Optional.ofNullable(dataset).map(DatasetId::new))
                        .canonical())
                .build();
    }
}
