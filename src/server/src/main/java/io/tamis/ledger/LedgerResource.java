package io.tamis.ledger;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.log.ExportEntry;
import io.tamis.log.TlogProof;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The log over HTTP: its checkpoint to everybody, entries to those they concern, the whole to the officer. */
@Path("/v1/ledger")
@Tag(name = "Ledger")
@RunOnVirtualThread
@Singleton
public class LedgerResource {
    /** Most entries of one page. */
    static final int LIMIT_MAX = 200;

    /** Exports at a time: each reads the whole log. */
    private static final int EXPORTS_MAX = 2;

    /** How long an export that was let in waits for its turn; then its stream ends. */
    private static final Duration EXPORT_PATIENCE = Duration.ofSeconds(10);

    private static final int REFERENCE_MAX = 64;
    private static final String ANCHORED = "anchored";

    private final LogReader reader;
    private final AnchoredProofs anchored;
    private final EntrySearch search;
    private final EntriesExport disclosures;
    private final ExportStream export;
    private final Audit audit;
    private final CurrentActor caller;
    private final Shards shards;
    private final LogSigners signers;
    private final Cosignatures cosignatures;
    private final ExportTurns exports = new ExportTurns(EXPORTS_MAX, EXPORT_PATIENCE);

    LedgerResource(
            LogReader reader,
            AnchoredProofs anchored,
            EntrySearch search,
            EntriesExport disclosures,
            ExportStream export,
            Audit audit,
            CurrentActor caller,
            Shards shards,
            LogSigners signers,
            Cosignatures cosignatures) {
        this.reader = reader;
        this.anchored = anchored;
        this.search = search;
        this.disclosures = disclosures;
        this.export = export;
        this.audit = audit;
        this.caller = caller;
        this.shards = shards;
        this.signers = signers;
        this.cosignatures = cosignatures;
    }

    /** The newest published checkpoint, a signed note, with the lines of witnesses that have cosigned it. */
    @GET
    @Path("/checkpoint")
    @Produces(MediaType.TEXT_PLAIN)
    @PermitAll
    @Operation(summary = "Read the newest signed checkpoint")
    @APIResponse(responseCode = "200", ref = "Checkpoint")
    public String checkpoint() {
        return cosignatures.cosigned(audit.published().note()).encoded();
    }

    /** The keys checkpoints are signed with, one a line; an auditor compares them with ones got by another way. */
    @GET
    @Path("/key")
    @Produces(MediaType.TEXT_PLAIN)
    @PermitAll
    @Operation(summary = "Read the keys that verify checkpoints")
    @APIResponse(responseCode = "200", ref = "Key")
    public String key() {
        return signers.verifierKeys(shards.open().origin()).stream()
                .map(verifier -> verifier + "\n")
                .collect(Collectors.joining());
    }

    /** A page of entries, all or those that are asked for. */
    @GET
    @Path("/entries")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed("compliance-officer")
    @Operation(summary = "List or search entries in order; itself logged")
    @APIResponse(responseCode = "200", ref = "Entries")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public String entries(
            @BeanParam EntryQueryParams asked,
            @Parameter(ref = "cursor") @QueryParam("cursor") @DefaultValue("0") String cursor,
            @Parameter(ref = "limit") @QueryParam("limit") @DefaultValue("50") String limit) {
        long first = OfficerRequests.number(cursor, Json.Int.MAGNITUDE_MAX);
        int max = OfficerRequests.limit(limit);
        EntryQuery query = asked.query();
        audit.searched(caller.actor(), query.all() ? "entries" : "search", query.names());
        var page = search.search(asked.log(shards), query, first, max);
        var items = page.items().stream()
                .map(found -> Json.parse(found.entry().orElseThrow().line()))
                .toList();
        var body = Json.object().put("items", Json.array(items));
        page.next().ifPresent(next -> body.put("next", Long.toString(next)));
        return body.build().canonical();
    }

    /** The entries asked for, each with its salt and proof. */
    @GET
    @Path("/entries/export")
    @Produces("application/jsonl")
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Export the entries found with their proofs, at most 1,000 at a time; itself logged")
    @APIResponse(responseCode = "200", ref = "Disclosures")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response exportedEntries(
            @BeanParam EntryQueryParams asked,
            @Parameter(ref = "cursor") @QueryParam("cursor") @DefaultValue("0") String cursor) {
        long first = OfficerRequests.number(cursor, Json.Int.MAGNITUDE_MAX);
        EntryQuery query = asked.query();
        if (!exports.takeNow()) {
            throw new LedgerException(Code.RATE_LIMITED);
        }
        try {
            // Found before the entry about it is written: a checkpoint that covers that one covers all of them.
            var page = search.search(asked.log(shards), query, first, EntriesExport.ENTRIES_MAX);
            audit.searchedAndCovered(caller.actor(), "search-export", query.names());
            var answer = Response.ok(disclosures.lines(page))
                    .header("Content-Disposition", "attachment; filename=\"tamis-entries.jsonl\"");
            page.next().ifPresent(next -> answer.header("Tamis-Next", Long.toString(next)));
            return answer.build();
        } finally {
            exports.giveBack();
        }
    }

    /** One entry with all it takes to check it without us. */
    @GET
    @Path("/entries/{reference}/disclosure")
    @Produces(MediaType.APPLICATION_JSON)
    @Authenticated
    @Operation(summary = "Read an entry with salt, proof and anchor: the officer, and the party it concerns")
    @APIResponse(responseCode = "200", ref = "Disclosure")
    @APIResponse(responseCode = "202", ref = "NotYet")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response disclosure(@Parameter(ref = "reference") @PathParam("reference") String reference) {
        var found = readable(reference);
        return disclosures
                .disclosure(found)
                .map(told -> handedOver(Response.ok(told.canonical()), found, "disclosure"))
                .orElseGet(LedgerResource::later);
    }

    /** One entry, with its salt: whoever holds both can open the commitment. */
    @GET
    @Path("/entries/{reference}")
    @Produces(MediaType.APPLICATION_JSON)
    @Authenticated
    @Operation(summary = "Read an entry: the officer, and the party it concerns")
    @APIResponse(responseCode = "200", ref = "Entry")
    @APIResponse(responseCode = "202", ref = "NotYet")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response entry(@Parameter(ref = "reference") @PathParam("reference") String reference) {
        var found = readable(reference);
        return found.entry()
                .map(ExportEntry::line)
                .map(line -> Response.ok(Json.parse(line).canonical()))
                .map(answer -> handedOver(answer, found, "entry"))
                .orElseGet(LedgerResource::later);
    }

    /** The proof of one entry. */
    @GET
    @Path("/entries/{reference}/proof")
    @Produces(MediaType.TEXT_PLAIN)
    @Authenticated
    @Operation(summary = "Read an entry's receipt")
    @APIResponse(responseCode = "200", ref = "Proof")
    @APIResponse(responseCode = "202", ref = "NotYet")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public Response proof(
            @Parameter(ref = "reference") @PathParam("reference") String reference,
            @Parameter(ref = "at") @QueryParam("at") @DefaultValue("") String at) {
        if (!at.isEmpty() && !at.equals(ANCHORED)) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        var found = readable(reference);
        return (at.isEmpty() ? reader.proof(found) : anchored.proof(found))
                .map(proof ->
                        new TlogProof(proof.entry(), proof.index(), proof.path(), cosignatures.cosigned(proof.note())))
                .map(proof -> handedOver(Response.ok(proof.text()), found, "proof"))
                .orElseGet(LedgerResource::later);
    }

    /** The whole log of a year, the open one unless another is asked for. */
    @GET
    @Path("/export")
    @Produces("application/zip")
    @RolesAllowed("compliance-officer")
    @Operation(summary = "Export the log for `./tamis audit verify`; itself logged")
    @APIResponse(responseCode = "200", ref = "Export")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response exported(@Parameter(ref = "year") @QueryParam("year") Optional<String> year) {
        Shard log = year.isEmpty() ? shards.open() : shards.ofYear(year.get());
        // Refused while there is still a status to refuse with; who slips past waits a while in the stream.
        if (!exports.anyFree()) {
            throw new LedgerException(Code.RATE_LIMITED);
        }
        var published = audit.exported(caller.actor(), log);
        StreamingOutput body = out -> {
            exports.take();
            try {
                export.write(log, published, out);
            } finally {
                exports.giveBack();
            }
        };
        return Response.ok(body)
                .header("Content-Disposition", "attachment; filename=\"tamis-log.zip\"")
                .build();
    }

    /** What does not exist and what the caller may not know look the same. */
    private LogReader.Found readable(String reference) {
        if (reference.length() > REFERENCE_MAX) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        boolean byIndex = reference.chars().allMatch(c -> c >= '0' && c <= '9');
        var found = byIndex
                ? reader.find(OfficerRequests.number(reference, Json.Int.MAGNITUDE_MAX))
                : reader.find(EventId.parse(reference));
        return found.filter(event -> event.readableBy(caller.actor()))
                .orElseThrow(() -> new LedgerException(Code.NOT_FOUND));
    }

    /** Whoever reads what is not their own party's leaves a trace; a party reading its own does not. */
    private Response handedOver(Response.ResponseBuilder answer, LogReader.Found found, String what) {
        var reading = caller.actor();
        if (!found.concerns(reading.party())) {
            audit.viewed(reading, what, found.event().id());
        }
        return answer.build();
    }

    private static Response later() {
        return Response.accepted().header("Retry-After", "1").build();
    }
}
