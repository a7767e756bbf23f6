package io.tamis.audience.tickets;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardRequests;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.holder.ticket.SignedTicket;
import io.tamis.holder.ticket.TicketId;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Decryption tickets over HTTP: a key holder reads those that ask it, and answers with a share or a refusal. */
@Path("/v1/decryption-tickets")
@Tag(name = "Tickets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class TicketsResource {
    private final BoardRequests requests;
    private final Tickets tickets;
    private final Answers answers;

    TicketsResource(BoardRequests requests, Tickets tickets, Answers answers) {
        this.requests = requests;
        this.tickets = tickets;
        this.answers = answers;
    }

    @GET
    @RolesAllowed("key-holder")
    @Operation(
            summary = "List the tickets that ask the caller and are not answered; asking says that the holder is there")
    @APIResponse(responseCode = "200", ref = "Tickets")
    public String list() {
        var items = tickets.poll(requests.reader()).stream()
                .map(SignedTicket::toJson)
                .toList();
        return Json.object().put("items", Json.array(items)).build().canonical();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("key-holder")
    @Operation(summary = "Read a ticket that asks the caller")
    @APIResponse(responseCode = "200", ref = "Ticket")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String show(@Parameter(ref = "ticketId") @PathParam("id") String id) {
        return tickets.find(requests.reader(), ticket(id)).issued().toJson().canonical();
    }

    @GET
    @Path("/{id}/inputs/{hash}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("key-holder")
    @Operation(summary = "Read a ciphertext that an open ticket names, as it was uploaded")
    @APIResponse(responseCode = "200", ref = "Blob")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public byte[] input(
            @Parameter(ref = "ticketId") @PathParam("id") String id,
            @Parameter(ref = "digest") @PathParam("hash") String hash) {
        return tickets.input(requests.reader(), ticket(id), BoardRequests.hash(hash));
    }

    @GET
    @Path("/{id}/masks/{hash}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("key-holder")
    @Operation(summary = "Read a mask that an open ticket names")
    @APIResponse(responseCode = "200", ref = "Blob")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public byte[] mask(
            @Parameter(ref = "ticketId") @PathParam("id") String id,
            @Parameter(ref = "digest") @PathParam("hash") String hash) {
        return tickets.mask(requests.reader(), ticket(id), BoardRequests.hash(hash));
    }

    @GET
    @Path("/{id}/merchant-key")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("key-holder")
    @Operation(summary = "Read the key to which an open ticket's sums are to be opened, when it names one")
    @APIResponse(responseCode = "200", ref = "Blob")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public byte[] merchantKey(@Parameter(ref = "ticketId") @PathParam("id") String id) {
        return tickets.merchantKey(requests.reader(), ticket(id));
    }

    @POST
    @Path("/{id}/shares")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("key-holder")
    @Operation(summary = "Answer a ticket with the shares of its segments; the same bytes again change nothing")
    @APIResponse(responseCode = "200", ref = "AnswerThere")
    @APIResponse(responseCode = "201", ref = "AnswerTaken")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "422", ref = "Refused")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response share(
            @Parameter(ref = "ticketId") @PathParam("id") String id, @RequestBody(ref = "Blob") InputStream body) {
        return taken(answers.share(requests.poster(), ticket(id), body));
    }

    @POST
    @Path("/{id}/refusals")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("key-holder")
    @Operation(summary = "Refuse a ticket, which ends its job")
    @APIResponse(responseCode = "200", ref = "AnswerThere")
    @APIResponse(responseCode = "201", ref = "AnswerTaken")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response refuse(
            @Parameter(ref = "ticketId") @PathParam("id") String id,
            @RequestBody(ref = "SignedMessage") InputStream body) {
        return taken(answers.refusal(requests.poster(), ticket(id), BoardRequests.message(body)));
    }

    private static Response taken(Answers.Taken taken) {
        return Response.status(taken.repeated() ? Response.Status.OK : Response.Status.CREATED)
                .entity(Json.object().put("hash", taken.hash().hex()).build().canonical())
                .build();
    }

    private static TicketId ticket(String id) {
        try {
            return TicketId.parse(id);
        } catch (DataException notAnId) {
            throw new BoardException(Code.NOT_FOUND, notAnId);
        }
    }
}
