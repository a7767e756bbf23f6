package io.tamis.ledger;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.log.EntryBundle;
import io.tamis.log.TilePath;
import io.tamis.log.VerifierKey;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The trees, as C2SP tlog-tiles serves them: hashes to everybody, since they say nothing of what they commit to; entries to
 * the officer, since an event id tells to the millisecond when something happened (ADR 0044). The open log is at the top, and
 * each year's under its year.
 */
@Path("/v1/ledger")
@Tag(name = "Ledger")
@RunOnVirtualThread
@Singleton
public class TileResource {
    private static final String FOR_EVER = "max-age=31536000, immutable";

    private final Shards shards;
    private final LogSigners signers;
    private final LogReader reader;
    private final Audit audit;
    private final CurrentActor caller;
    private final Cosignatures cosignatures;

    TileResource(
            Shards shards,
            LogSigners signers,
            LogReader reader,
            Audit audit,
            CurrentActor caller,
            Cosignatures cosignatures) {
        this.shards = shards;
        this.signers = signers;
        this.reader = reader;
        this.audit = audit;
        this.caller = caller;
        this.cosignatures = cosignatures;
    }

    /** All logs, oldest first. */
    @GET
    @Path("/logs")
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(summary = "List the logs, one a year")
    @APIResponse(responseCode = "200", ref = "Logs")
    public String logs() {
        short open = shards.open().log();
        var items = shards.shards().stream()
                .map(shard -> Json.object()
                        .put("origin", shard.origin().value())
                        .put("year", shard.year())
                        .put(
                                "size",
                                shard.latest().map(now -> now.head().size()).orElse(0L))
                        .put("open", shard.log() == open)
                        .build())
                .toList();
        return Json.object().put("items", Json.array(items)).build().canonical();
    }

    /** The newest checkpoint of a year's log. */
    @GET
    @Path("/logs/{year}/checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    @PermitAll
    @Operation(summary = "Read the newest checkpoint of a year's log")
    @APIResponse(responseCode = "200", ref = "Checkpoint")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String checkpoint(@Parameter(ref = "logYear") @PathParam("year") String year) {
        return cosignatures.cosigned(published(shards.ofYear(year)).note()).encoded();
    }

    /** The keys of a year's log: each log has its own names. */
    @GET
    @Path("/logs/{year}/key")
    @Produces(MediaType.TEXT_PLAIN)
    @PermitAll
    @Operation(summary = "Read the keys that verify the checkpoints of a year's log")
    @APIResponse(responseCode = "200", ref = "Key")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String key(@Parameter(ref = "logYear") @PathParam("year") String year) {
        return signers.verifierKeys(shards.ofYear(year).origin()).stream()
                .map(VerifierKey::toString)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** A tile of the open log. */
    @GET
    @Path("/tile/{level}/{path: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @PermitAll
    @Operation(summary = "Read a tile of hashes of the open log")
    @APIResponse(responseCode = "200", ref = "Tile")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response tile(
            @Parameter(ref = "tileLevel") @PathParam("level") String level,
            @Parameter(ref = "tilePath") @PathParam("path") String path) {
        return hashes(shards.open(), level + "/" + path);
    }

    /** A tile of a year's log. */
    @GET
    @Path("/logs/{year}/tile/{level}/{path: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @PermitAll
    @Operation(summary = "Read a tile of hashes of a year's log")
    @APIResponse(responseCode = "200", ref = "Tile")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response tileOfYear(
            @Parameter(ref = "logYear") @PathParam("year") String year,
            @Parameter(ref = "tileLevel") @PathParam("level") String level,
            @Parameter(ref = "tilePath") @PathParam("path") String path) {
        return hashes(shards.ofYear(year), level + "/" + path);
    }

    /** The entries below a tile of the open log. */
    @GET
    @Path("/tile/entries/{path: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Read the ids and commitments below a tile of the open log; itself logged")
    @APIResponse(responseCode = "200", ref = "EntryBundle")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response entries(@Parameter(ref = "tilePath") @PathParam("path") String path) {
        return bundle(shards.open(), path);
    }

    /** The entries below a tile of a year's log. */
    @GET
    @Path("/logs/{year}/tile/entries/{path: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Read the ids and commitments below a tile of a year's log; itself logged")
    @APIResponse(responseCode = "200", ref = "EntryBundle")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response entriesOfYear(
            @Parameter(ref = "logYear") @PathParam("year") String year,
            @Parameter(ref = "tilePath") @PathParam("path") String path) {
        return bundle(shards.ofYear(year), path);
    }

    /** The consistency proof between two sizes of the open log: a hash a line. */
    @GET
    @Path("/consistency")
    @Produces(MediaType.TEXT_PLAIN)
    @PermitAll
    @Operation(summary = "Prove that the open log of one size continues that of another")
    @APIResponse(responseCode = "200", ref = "Consistency")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public String consistency(
            @Parameter(ref = "fromSize") @QueryParam("from") String from,
            @Parameter(ref = "toSize") @QueryParam("to") Optional<String> to) {
        var log = shards.open();
        long later =
                to.map(TileResource::size).orElseGet(() -> published(log).head().size());
        var proof = log.consistency(log.headAt(size(from)), log.headAt(later));
        return proof.stream()
                .map(hash -> Base64.getEncoder().encodeToString(hash.bytes()) + "\n")
                .collect(Collectors.joining());
    }

    private static Response hashes(Shard log, String text) {
        if (!(TilePath.parse(text) instanceof TilePath.Hashes path)) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        byte[] tile = log.tile(path).orElseThrow(() -> new LedgerException(Code.NOT_FOUND));
        // Also a partial one: its hashes are a prefix of all later ones, and no later one has this address.
        return Response.ok(tile).header("Cache-Control", FOR_EVER).build();
    }

    private Response bundle(Shard log, String text) {
        if (!(TilePath.parse("entries/" + text) instanceof TilePath.Entries path)) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        if (path.tile().widthIn(published(log).head().size()) < path.width()) {
            throw new LedgerException(Code.NOT_FOUND);
        }
        audit.viewed(caller.actor(), "entry-bundle");
        long first = path.tile().index() * Tiles.WIDTH;
        var bundle = new EntryBundle(reader.entries(log.log(), first, path.width()));
        return Response.ok(bundle.bytes()).build();
    }

    private static PublishedLog.Published published(Shard log) {
        return log.latest().orElseThrow(() -> new LedgerException(Code.NOT_READY));
    }

    private static long size(String text) {
        if (text == null || !text.matches("[1-9][0-9]{0,15}") || Long.parseLong(text) > Json.Int.MAGNITUDE_MAX) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        return Long.parseLong(text);
    }
}
