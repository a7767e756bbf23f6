package io.tamis.audience.keys;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardRequests;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.he.KeyEpoch;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The collective keys that ceremonies made. */
@Path("/v1/key-epochs")
@Tag(name = "Keys")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class KeyEpochsResource {
    private static final int REASON_CHARS_MIN = 10;
    private static final int REASON_CHARS_MAX = 500;

    private final BoardRequests requests;
    private final Epochs epochs;

    KeyEpochsResource(BoardRequests requests, Epochs epochs) {
        this.requests = requests;
        this.epochs = epochs;
    }

    @GET
    @RolesAllowed({"merchant", "platform", "key-holder", "compliance-officer"})
    @Operation(summary = "List key epochs, newest first")
    @APIResponse(responseCode = "200", ref = "KeyEpochs")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public String list(
            @Parameter(ref = "limit") @QueryParam("limit") @DefaultValue("50") String limit,
            @Parameter(ref = "cursor") @QueryParam("cursor") @DefaultValue("") String cursor) {
        long below = cursor.isEmpty() ? Long.MAX_VALUE : BoardRequests.number(cursor);
        return epochs.page(below, BoardRequests.limit(limit)).canonical();
    }

    @GET
    @Path("/{epoch}")
    @RolesAllowed({"merchant", "platform", "key-holder", "compliance-officer"})
    @Operation(summary = "Read a key epoch: its roster, the holders' signatures over its key, what was opened")
    @APIResponse(responseCode = "200", ref = "KeyEpoch")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String show(@Parameter(ref = "epoch") @PathParam("epoch") String epoch) {
        return epochs.whole(epoch(epoch)).canonical();
    }

    @GET
    @Path("/{epoch}/public-key")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed({"merchant", "platform", "key-holder", "compliance-officer"})
    @Operation(summary = "Read the public key")
    @APIResponse(responseCode = "200", ref = "Blob")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public byte[] publicKey(@Parameter(ref = "epoch") @PathParam("epoch") String epoch) {
        return epochs.publicKey(epoch(epoch));
    }

    @POST
    @Path("/{epoch}/retirement")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Put a key out of use, for ever; as compromised when somebody may have it")
    @APIResponse(responseCode = "200", ref = "KeyEpoch")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response retire(
            @Parameter(ref = "epoch") @PathParam("epoch") String epoch,
            @RequestBody(ref = "Retirement") InputStream body) {
        Actor officer = requests.poster();
        var number = epoch(epoch);
        var fields = new JsonFields(BoardRequests.json(body));
        boolean compromised = fields.flag("compromised");
        String reason = reason(fields);
        var event = epochs.end(
                officer, number, compromised ? KeyStanding.State.COMPROMISED : KeyStanding.State.RETIRED, reason);
        Json.Obj shown = epochs.whole(number);
        var answer = Response.ok(shown.canonical());
        event.ifPresent(id -> answer.header("Tamis-Event", id.toString()));
        return answer.build();
    }

    /** The reason, which is all that is left of these fields. */
    static String reason(JsonFields fields) {
        String reason = fields.string("reason", REASON_CHARS_MAX);
        fields.end();
        if (reason.strip().length() < REASON_CHARS_MIN) {
            throw new BoardException(Code.INVALID_REQUEST);
        }
        return reason;
    }

    private static KeyEpoch epoch(String text) {
        return new KeyEpoch(BoardRequests.number(text));
    }
}
