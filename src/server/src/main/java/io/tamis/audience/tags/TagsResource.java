package io.tamis.audience.tags;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.audience.board.BoardException;
import io.tamis.audience.board.BoardRequests;
import io.tamis.catalog.Snapshot;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.holder.SignedMessage;
import io.tamis.holder.slots.RoundStep;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The order of a version's persons, and the boards of its rounds. */
@Path("/v1/tags/{dataset}/{version}")
@Tag(name = "Tags")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class TagsResource {
    private final BoardRequests requests;
    private final OwnVersion versions;
    private final RoundOpening opening;
    private final Rounds rounds;
    private final RoundViews views;

    TagsResource(BoardRequests requests, OwnVersion versions, RoundOpening opening, Rounds rounds, RoundViews views) {
        this.requests = requests;
        this.versions = versions;
        this.opening = opening;
        this.rounds = rounds;
        this.views = views;
    }

    @GET
    @Path("/order")
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Read the key of a version's order, which its owner computes the positions with")
    @APIResponse(responseCode = "200", ref = "TagOrder")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "422", ref = "Refused")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public String order(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version) {
        Snapshot snapshot = snapshot(requests.poster(), dataset, version);
        return versions.shown(snapshot).canonical();
    }

    @POST
    @Path("/rounds")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Open a round of cut and choose with the platform's signed plan")
    @APIResponse(responseCode = "200", ref = "Round")
    @APIResponse(responseCode = "201", ref = "RoundOpened")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "422", ref = "Refused")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response open(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version,
            @RequestBody(ref = "SignedMessage") InputStream body) {
        Actor platform = requests.poster();
        SignedMessage plan = BoardRequests.message(body);
        var opened = views.recording(platform, BoardRequests.dataset(dataset), () -> {
            Snapshot snapshot = snapshot(platform, dataset, version);
            return opening.open(platform, snapshot, versions.order(snapshot), plan);
        });
        return Response.status(opened.now() ? Response.Status.CREATED : Response.Status.OK)
                .header("Tamis-Event", opened.row().event().toString())
                .entity(views.whole(opened.row()).canonical())
                .build();
    }

    @GET
    @Path("/rounds")
    @RolesAllowed({"merchant", "platform", "key-holder", "compliance-officer"})
    @Operation(summary = "List a version's rounds under a key epoch")
    @APIResponse(responseCode = "200", ref = "Rounds")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String list(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version,
            @Parameter(ref = "underEpoch") @QueryParam("epoch") @DefaultValue("") String epoch) {
        return views.list(requests.reader(), place(dataset, version, epoch)).canonical();
    }

    @GET
    @Path("/rounds/{try}")
    @RolesAllowed({"merchant", "platform", "key-holder", "compliance-officer"})
    @Operation(summary = "Read a round's board: where it stands and who has said what")
    @APIResponse(responseCode = "200", ref = "Round")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String show(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version,
            @Parameter(ref = "attempt") @PathParam("try") String attempt,
            @Parameter(ref = "underEpoch") @QueryParam("epoch") @DefaultValue("") String epoch) {
        return views.whole(round(place(dataset, version, epoch), attempt)).canonical();
    }

    @POST
    @Path("/rounds/{try}/messages")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("key-holder")
    @Operation(summary = "Post a holder's coin or verdict; the same again changes nothing")
    @APIResponse(responseCode = "200", ref = "MessageThere")
    @APIResponse(responseCode = "201", ref = "MessagePosted")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response post(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version,
            @Parameter(ref = "attempt") @PathParam("try") String attempt,
            @Parameter(ref = "underEpoch") @QueryParam("epoch") @DefaultValue("") String epoch,
            @RequestBody(ref = "SignedMessage") InputStream body) {
        return posted(place(dataset, version, epoch), attempt, body, false);
    }

    @POST
    @Path("/rounds/{try}/openings")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Post the platform's opening, after the seeds it names; the same again changes nothing")
    @APIResponse(responseCode = "200", ref = "MessageThere")
    @APIResponse(responseCode = "201", ref = "MessagePosted")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response open(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version,
            @Parameter(ref = "attempt") @PathParam("try") String attempt,
            @Parameter(ref = "underEpoch") @QueryParam("epoch") @DefaultValue("") String epoch,
            @RequestBody(ref = "SignedMessage") InputStream body) {
        return posted(place(dataset, version, epoch), attempt, body, true);
    }

    @GET
    @Path("/rounds/{try}/messages/{hash}")
    @RolesAllowed({"merchant", "platform", "key-holder", "compliance-officer"})
    @Operation(summary = "Read a message as it was signed")
    @APIResponse(responseCode = "200", ref = "SignedMessage")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String message(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version,
            @Parameter(ref = "attempt") @PathParam("try") String attempt,
            @Parameter(ref = "digest") @PathParam("hash") String hash,
            @Parameter(ref = "underEpoch") @QueryParam("epoch") @DefaultValue("") String epoch) {
        var row = round(place(dataset, version, epoch), attempt);
        return views.message(row.id(), BoardRequests.hash(hash)).orElseThrow(() -> new BoardException(Code.NOT_FOUND));
    }

    @PUT
    @Path("/rounds/{try}/blobs/{hash}")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Put roots or seeds on the board, under their SHA-256")
    @APIResponse(responseCode = "200", ref = "BlobThere")
    @APIResponse(responseCode = "201", ref = "BlobStored")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response putBlob(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version,
            @Parameter(ref = "attempt") @PathParam("try") String attempt,
            @Parameter(ref = "digest") @PathParam("hash") String hash,
            @Parameter(ref = "underEpoch") @QueryParam("epoch") @DefaultValue("") String epoch,
            @RequestBody(ref = "Blob") InputStream body) {
        Actor platform = requests.poster();
        var row = round(place(dataset, version, epoch), attempt);
        boolean stored = rounds.putBlob(platform, row.id(), BoardRequests.hash(hash), body);
        return hashed(stored, hash);
    }

    @GET
    @Path("/rounds/{try}/blobs/{hash}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed({"merchant", "platform", "key-holder", "compliance-officer"})
    @Operation(summary = "Read roots or seeds")
    @APIResponse(responseCode = "200", ref = "Blob")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public byte[] blob(
            @Parameter(ref = "taggedDataset") @PathParam("dataset") String dataset,
            @Parameter(ref = "version") @PathParam("version") String version,
            @Parameter(ref = "attempt") @PathParam("try") String attempt,
            @Parameter(ref = "digest") @PathParam("hash") String hash,
            @Parameter(ref = "underEpoch") @QueryParam("epoch") @DefaultValue("") String epoch) {
        var row = round(place(dataset, version, epoch), attempt);
        return views.blob(row.id(), BoardRequests.hash(hash));
    }

    private Response posted(RoundViews.Place place, String attempt, InputStream body, boolean platforms) {
        Actor sender = requests.poster();
        SignedMessage signed = BoardRequests.message(body);
        var row = round(place, attempt);
        var outcome = views.recording(sender, place.dataset(), () -> {
            // A party may be holder and platform: each of its tokens speaks for its own role.
            if (RoundStep.of(signed.message().type())
                    .filter(step -> step.ofPlatform() == platforms)
                    .isEmpty()) {
                throw new BoardException(Code.INVALID_REQUEST);
            }
            return rounds.post(sender, row.id(), signed);
        });
        return switch (outcome) {
            case POSTED -> hashed(true, signed.hash().hex());
            case REPEATED -> hashed(false, signed.hash().hex());
            case LATE -> throw new BoardException(Code.STATE_CONFLICT);
        };
    }

    private RoundRows.Row round(RoundViews.Place place, String attempt) {
        return views.find(requests.reader(), place, BoardRequests.number(attempt));
    }

    private Snapshot snapshot(Actor owner, String dataset, String version) {
        return versions.snapshot(owner, BoardRequests.dataset(dataset), BoardRequests.number(version));
    }

    private static RoundViews.Place place(String dataset, String version, String epoch) {
        return RoundViews.Place.of(BoardRequests.dataset(dataset), BoardRequests.number(version), epoch);
    }

    private static Response hashed(boolean now, String hash) {
        return Response.status(now ? Response.Status.CREATED : Response.Status.OK)
                .entity(Json.object().put("hash", hash).build().canonical())
                .build();
    }
}
