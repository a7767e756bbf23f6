package io.tamis.audience.keys;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.audience.board.BlobShelf;
import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardId;
import io.tamis.audience.board.BoardRequests;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.holder.Roster;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The bulletin boards of key ceremonies: the officer opens one, the key holders of its roster speak on it. */
@Path("/v1/key-ceremonies")
@Tag(name = "Keys")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class KeyCeremoniesResource {
    private final BoardRequests requests;
    private final Ceremonies ceremonies;
    private final BlobShelf blobs;
    private final CeremonyViews views;

    KeyCeremoniesResource(BoardRequests requests, Ceremonies ceremonies, BlobShelf blobs, CeremonyViews views) {
        this.requests = requests;
        this.ceremonies = ceremonies;
        this.blobs = blobs;
        this.views = views;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Open a key ceremony for the holders of a roster")
    @APIResponse(responseCode = "201", ref = "CeremonyOpened")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response open(@RequestBody(ref = "Roster") InputStream body) {
        Actor officer = requests.poster();
        var row = views.recording(officer, () -> ceremonies.open(officer, Roster.fromJson(BoardRequests.json(body))));
        return Response.status(Response.Status.CREATED)
                .location(URI.create("/v1/key-ceremonies/" + row.id()))
                .header("Tamis-Event", row.event().toString())
                .entity(views.whole(row).canonical())
                .build();
    }

    @GET
    @RolesAllowed({"key-holder", "compliance-officer"})
    @Operation(summary = "List key ceremonies: a holder's own, an officer's all")
    @APIResponse(responseCode = "200", ref = "Ceremonies")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public String list(
            @Parameter(ref = "limit") @QueryParam("limit") @DefaultValue("50") String limit,
            @Parameter(ref = "cursor") @QueryParam("cursor") @DefaultValue("") String cursor) {
        return views.page(requests.reader(), limit, cursor).canonical();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({"key-holder", "compliance-officer"})
    @Operation(summary = "Read a ceremony's board: where it stands and who has said what")
    @APIResponse(responseCode = "200", ref = "Ceremony")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String show(@Parameter(ref = "ceremonyId") @PathParam("id") String id) {
        return views.whole(ceremonies.find(requests.reader(), BoardRequests.board(id)))
                .canonical();
    }

    @POST
    @Path("/{id}/cancellation")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("compliance-officer")
    @Operation(summary = "End a ceremony that cannot go on")
    @APIResponse(responseCode = "200", ref = "Ceremony")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response cancel(
            @Parameter(ref = "ceremonyId") @PathParam("id") String id,
            @RequestBody(ref = "Cancellation") InputStream body) {
        Actor officer = requests.poster();
        BoardId board = BoardRequests.board(id);
        var row = views.recording(officer, () -> {
            KeyEpochsResource.reason(new JsonFields(BoardRequests.json(body)));
            return ceremonies.cancel(officer, board);
        });
        return Response.ok(views.whole(row).canonical())
                .header("Tamis-Event", row.event().toString())
                .build();
    }

    @POST
    @Path("/{id}/messages")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("key-holder")
    @Operation(summary = "Post a signed message: one in each step; the same again changes nothing")
    @APIResponse(responseCode = "200", ref = "MessageThere")
    @APIResponse(responseCode = "201", ref = "MessagePosted")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response post(
            @Parameter(ref = "ceremonyId") @PathParam("id") String id,
            @RequestBody(ref = "SignedMessage") InputStream body) {
        Actor holder = requests.poster();
        BoardId board = BoardRequests.board(id);
        var signed = BoardRequests.message(body);
        return switch (views.recording(holder, () -> ceremonies.post(holder, board, signed))) {
            case POSTED -> posted(Response.Status.CREATED, signed.hash().hex());
            case REPEATED -> posted(Response.Status.OK, signed.hash().hex());
            case LATE -> throw new BoardException(Code.STATE_CONFLICT);
        };
    }

    @GET
    @Path("/{id}/messages/{hash}")
    @RolesAllowed({"key-holder", "compliance-officer"})
    @Operation(summary = "Read a message as it was signed")
    @APIResponse(responseCode = "200", ref = "SignedMessage")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String message(
            @Parameter(ref = "ceremonyId") @PathParam("id") String id,
            @Parameter(ref = "digest") @PathParam("hash") String hash) {
        BoardId board =
                ceremonies.find(requests.reader(), BoardRequests.board(id)).id();
        return views.message(board, BoardRequests.hash(hash)).orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }

    @PUT
    @Path("/{id}/blobs/{hash}")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("key-holder")
    @Operation(summary = "Put a large part of a message on the board, under its SHA-256")
    @APIResponse(responseCode = "200", ref = "BlobThere")
    @APIResponse(responseCode = "201", ref = "BlobStored")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response putBlob(
            @Parameter(ref = "ceremonyId") @PathParam("id") String id,
            @Parameter(ref = "digest") @PathParam("hash") String hash,
            @RequestBody(ref = "Blob") InputStream body) {
        boolean stored = ceremonies.putBlob(requests.poster(), BoardRequests.board(id), BoardRequests.hash(hash), body);
        return posted(stored ? Response.Status.CREATED : Response.Status.OK, hash);
    }

    @GET
    @Path("/{id}/blobs/{hash}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed({"key-holder", "compliance-officer"})
    @Operation(summary = "Read a large part of a message")
    @APIResponse(responseCode = "200", ref = "Blob")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public byte[] blob(
            @Parameter(ref = "ceremonyId") @PathParam("id") String id,
            @Parameter(ref = "digest") @PathParam("hash") String hash) {
        BoardId board =
                ceremonies.find(requests.reader(), BoardRequests.board(id)).id();
        return blobs.find(board, BoardRequests.hash(hash)).orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }

    private static Response posted(Response.Status status, String hash) {
        return Response.status(status)
                .entity(Json.object().put("hash", hash).build().canonical())
                .build();
    }
}
