package io.tamis.audience.keys;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.audience.board.BoardRequests;
import io.tamis.data.Json;
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

/** The keys to which a merchant has sums opened. */
@Path("/v1/merchant-keys")
@Tag(name = "Keys")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class MerchantKeysResource {
    private final BoardRequests requests;
    private final MerchantKeys keys;

    MerchantKeysResource(BoardRequests requests, MerchantKeys keys) {
        this.requests = requests;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("merchant")
    @Operation(summary = "Register a public key of the caller's party, to which jobs may have their sums opened")
    @APIResponse(responseCode = "200", ref = "MerchantKeyThere")
    @APIResponse(responseCode = "201", ref = "MerchantKeyStored")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "422", ref = "Refused")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response register(@RequestBody(ref = "Blob") InputStream body) {
        var registered = keys.register(requests.poster(), body);
        return Response.status(registered.repeated() ? Response.Status.OK : Response.Status.CREATED)
                .header("Tamis-Event", registered.event().toString())
                .entity(Json.object()
                        .put("hash", registered.hash().hex())
                        .build()
                        .canonical())
                .build();
    }
}
