package io.tamis.catalog;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.catalog.load.UploadKind;
import io.tamis.data.Actor;
import io.tamis.data.Code;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.Json;
import io.tamis.ledger.CurrentActor;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

/** Datasets as members see them: schema, uses, versions; no statistics. The owner adds versions. */
@Path("/v1/datasets")
@Tag(name = "Datasets")
@Produces(MediaType.APPLICATION_JSON)
public class DatasetsResource {
    private static final int LIMIT_MAX = 200;

    /** Most versions listed with a dataset, newest first. */
    private static final int VERSIONS_MAX = 100;

    private final ActivePolicy policy;
    private final DatasetVersions versions;
    private final CurrentActor caller;
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final long uploadBytesMax;

    @Inject
    DatasetsResource(
            ActivePolicy policy,
            DatasetVersions versions,
            CurrentActor caller,
            Jdbi jdbi,
            InstantSource clock,
            @ConfigProperty(name = "tamis.limits.upload-bytes") long uploadBytesMax) {
        this.policy = policy;
        this.versions = versions;
        this.caller = caller;
        this.jdbi = jdbi;
        this.clock = clock;
        this.uploadBytesMax = uploadBytesMax;
    }

    /** Every declared dataset, sorted by id. */
    @GET
    @RunOnVirtualThread
    @RolesAllowed({"merchant", "platform", "key-holder", "policy-author", "compliance-officer", "committee-member"})
    @Operation(summary = "List the declared datasets")
    @APIResponse(responseCode = "200", ref = "Datasets")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public String list(
            @Parameter(ref = "limit") @QueryParam("limit") @DefaultValue("50") int limit,
            @Parameter(ref = "cursor") @QueryParam("cursor") String cursor) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new CatalogException(Code.INVALID_REQUEST);
        }
        String after = Optional.ofNullable(cursor)
                .map(text -> new DatasetId(text).value())
                .orElse("");
        List<Dataset> datasets = policy.bundle().datasets().values().stream()
                .filter(dataset -> dataset.id().value().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        var page = datasets.subList(0, Math.min(limit, datasets.size()));
        var answer = Json.object()
                .put("items", Json.array(page.stream().map(this::shown).toList()));
        if (datasets.size() > limit) {
            answer.put("next", page.getLast().id().value());
        }
        return answer.build().canonical();
    }

    /** One dataset. */
    @GET
    @Path("/{id}")
    @RunOnVirtualThread
    @RolesAllowed({"merchant", "platform", "key-holder", "policy-author", "compliance-officer", "committee-member"})
    @Operation(summary = "Read a dataset's declaration and its versions")
    @APIResponse(responseCode = "200", ref = "Dataset")
    @APIResponse(responseCode = "404", ref = "NotFound")
    public String show(@Parameter(ref = "datasetId") @PathParam("id") String id) {
        return Optional.ofNullable(policy.bundle().datasets().get(dataset(id)))
                .map(dataset -> shown(dataset).canonical())
                .orElseThrow(() -> new CatalogException(Code.NOT_FOUND));
    }

    /** Adds a version from a file or a zip of part files; the same bytes again are answered as the first time. */
    @PUT
    @Path("/{id}/versions/{version}")
    @Consumes({"text/csv", "application/vnd.apache.parquet", "application/zip"})
    @RunOnVirtualThread
    @RolesAllowed({"merchant", "platform"})
    @Operation(summary = "Load a version from a file or a zip of part files")
    @APIResponse(responseCode = "200", ref = "VersionThere")
    @APIResponse(responseCode = "201", ref = "VersionLoaded")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    @APIResponse(responseCode = "404", ref = "NotFound")
    @APIResponse(responseCode = "409", ref = "Conflict")
    @APIResponse(responseCode = "415", ref = "UnsupportedMediaType")
    @APIResponse(responseCode = "422", ref = "BadRow")
    @APIResponse(responseCode = "429", ref = "RateLimited")
    public Response load(
            @Parameter(ref = "datasetId") @PathParam("id") String id,
            @Parameter(ref = "version") @PathParam("version") String version,
            @Parameter(ref = "contentDigest") @HeaderParam("Content-Digest") @DefaultValue("") String digest,
            @HeaderParam("Content-Type") String contentType,
            @RequestBody(ref = "Rows") InputStream body) {
        var kind = UploadKind.ofMediaType(contentType)
                .orElseThrow(() -> new CatalogException(Code.UNSUPPORTED_MEDIA_TYPE));
        var wanted = new DatasetVersions.Wanted(dataset(id), number(version), UploadStream.named(digest));
        var accepted = versions.put(caller.actor(), wanted, new UploadStream(body, kind, uploadBytesMax, clock));
        var row = accepted.version();
        var answer = Json.object()
                .put("dataset", row.dataset().value())
                .put("version", row.version())
                .put("contentHash", row.contentHash().hex())
                .put("eventId", row.eventId().toString())
                .build();
        return Response.status(accepted.created() ? Response.Status.CREATED : Response.Status.OK)
                .header("Tamis-Event", row.eventId().toString())
                .entity(answer.canonical())
                .build();
    }

    private Json.Obj shown(Dataset dataset) {
        Actor actor = caller.actor();
        boolean owner = actor.party().equals(dataset.owner());
        var rows = jdbi.inTransaction(tx -> Versions.newest(tx, dataset.id(), VERSIONS_MAX));
        var shown = new ArrayList<Json>();
        for (var row : rows) {
            var version = Json.object()
                    .put("version", row.version())
                    .put("loadedAt", row.createdAt().toString())
                    .put("eventId", row.eventId().toString())
                    .put("commitment", row.commitment().hex());
            if (owner) {
                version.put("contentHash", row.contentHash().hex())
                        .put("commitmentSalt", row.commitmentSalt().hex());
            }
            shown.add(version.build());
        }
        return Declaration.of(dataset).with("versions", Json.array(shown));
    }

    /** An id that cannot be one is not there, like any other that is not. */
    private static DatasetId dataset(String id) {
        try {
            return new DatasetId(id);
        } catch (io.tamis.data.DataException malformed) {
            throw new CatalogException(Code.NOT_FOUND);
        }
    }

    private static int number(String version) {
        boolean digits = version.length() <= 7 && version.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits && !version.isEmpty() && version.charAt(0) != '0' ? Integer.parseInt(version) : 0;
        if (number < 1 || number > Snapshot.VERSION_MAX) {
            throw new CatalogException(Code.INVALID_REQUEST);
        }
        return number;
    }
}
