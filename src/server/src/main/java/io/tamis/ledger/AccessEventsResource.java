package io.tamis.ledger;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.log.LedgerEvent;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where platforms notarise accesses to their own data that did not pass through this service. */
@Path("/v1/ledger/access-events")
@Tag(name = "Ledger")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Singleton
class AccessEventsResource {
    /** Greatest body: as many events as may come, each as long as an entry may be. */
    static final int BODY_BYTES_MAX = Ledger.RECORD_MAX * LedgerEvent.BYTES_MAX;

    private final GatewayEvents gateway;
    private final EventsInFlight inFlight;
    private final Ledger ledger;
    private final CurrentActor caller;

    AccessEventsResource(GatewayEvents gateway, EventsInFlight inFlight, Ledger ledger, CurrentActor caller) {
        this.gateway = gateway;
        this.inFlight = inFlight;
        this.ledger = ledger;
        this.caller = caller;
    }

    /** Records the events together; the answer means that all of them are on disk. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("platform")
    @Operation(summary = "Notarise a platform's own accesses, 1 to 64 together")
    @APIResponse(responseCode = "200", ref = "AccessEventsRecorded")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public String record(@RequestBody(ref = "AccessEvents") InputStream body) {
        Actor actor = caller.actor();
        List<LedgerEvent> events = gateway.parse(actor, read(body));
        List<Appended> recorded = inFlight.recording(actor.party(), events.size(), () -> ledger.record(events));
        var items = recorded.stream()
                .map(event -> Json.object()
                        .put("eventId", event.id().toString())
                        .put("index", event.index())
                        .build())
                .toList();
        return Json.object().put("items", Json.array(items)).build().canonical();
    }

    private static byte[] read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
            if (bytes.length > BODY_BYTES_MAX) {
                throw new LedgerException(Code.TOO_LARGE);
            }
            return bytes;
        } catch (IOException brokenOff) {
            throw new LedgerException(Code.INVALID_REQUEST, brokenOff);
        }
    }
}
