package io.tamis.audience.tags;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardRequests;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Json;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** Ciphertexts of a version, by slot; no byte of one is ever read back by this way. */
@Path("/v1/tags/{dataset}/{version}/ciphertexts")
@Tag(name = "Tags")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class CiphertextsResource {
    private static final int PAGE_MAX = 4_096;

    private final BoardRequests requests;
    private final RoundViews views;
    private final Ciphertexts ciphertexts;
    private final Jdbi jdbi;

    CiphertextsResource(BoardRequests requests, RoundViews views, Ciphertexts ciphertexts, Jdbi jdbi) {
        this.requests = requests;
        this.views = views;
        this.ciphertexts = ciphertexts;
        this.jdbi = jdbi;
    }

    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Upload the ciphertext of a slot; the same bytes again change nothing")
    @APIResponse(responseCode = "200", ref = "CiphertextThere")
    @APIResponse(responseCode = "201", ref = "CiphertextStored")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "422", ref = "Refused")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response upload(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version,
            @Parameter(ref = "slot") @QueryParam("slot") @DefaultValue("") String slot,
            @Parameter(ref = "underEpoch") @QueryParam("epoch") @DefaultValue("") String epoch,
            @RequestBody(ref = "Ciphertext") InputStream body) {
        Actor platform = requests.uploader();
        var place = RoundViews.Place.of(BoardRequests.dataset(dataset), BoardRequests.number(version), epoch);
        int into = number(slot);
        var stored = views.recording(
                platform, place.dataset(), () -> ciphertexts.put(platform, views.passed(platform, place), into, body));
        return Response.status(stored.now() ? Response.Status.CREATED : Response.Status.OK)
                .header("Tamis-Event", stored.row().event().toString())
                .entity(shown(stored.row()).canonical())
                .build();
    }

    @GET
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "List the slots that have their ciphertext, to go on where an upload broke off")
    @APIResponse(responseCode = "200", ref = "Ciphertexts")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public String list(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version,
            @Parameter(ref = "underEpoch") @QueryParam("epoch") @DefaultValue("") String epoch,
            @Parameter(ref = "slots") @QueryParam("limit") @DefaultValue("1000") String limit,
            @Parameter(ref = "cursor") @QueryParam("cursor") @DefaultValue("0") String cursor) {
        var place = RoundViews.Place.of(BoardRequests.dataset(dataset), BoardRequests.number(version), epoch);
        var round = views.passed(requests.reader(), place);
        int max = number(limit);
        int from = number(cursor);
        if (max < 1 || max > PAGE_MAX) {
            throw new BoardException(Code.INVALID_REQUEST);
        }
        return jdbi.inTransaction(tx -> {
            List<CiphertextRows.Row> rows = CiphertextRows.page(tx, round.id(), from, max);
            var json = Json.object()
                    .put("round", round.id().value())
                    .put("keyEpoch", round.context().keyEpoch().number())
                    .put("try", round.context().attempt())
                    .put("slots", round.extent().slots())
                    .put("present", CiphertextRows.count(tx, round.id()))
                    .put(
                            "items",
                            Json.array(rows.stream()
                                    .map(CiphertextsResource::shown)
                                    .toList()));
            if (rows.size() == max) {
                json.put("next", Integer.toString(rows.getLast().slot() + 1));
            }
            return json.build().canonical();
        });
    }

    private static Json.Obj shown(CiphertextRows.Row row) {
        return Json.object()
                .put("slot", row.slot())
                .put("hash", row.hash().hex())
                .put("eventId", row.event().toString())
                .build();
    }

    private static int number(String text) {
        if (!text.matches("0|[1-9][0-9]{0,5}")) {
            throw new BoardException(Code.INVALID_REQUEST);
        }
        return Integer.parseInt(text);
    }
}
