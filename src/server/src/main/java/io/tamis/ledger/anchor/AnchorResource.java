package io.tamis.ledger.anchor;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.ledger.Logs;
import io.tamis.log.Origin;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Where the log's heads stand on the chain, for everybody. It tells where to look, not what to believe: an auditor asks the
 * contract through a node of their own choice.
 */
@Path("/v1/ledger/anchors")
@Tag(name = "Ledger")
@RunOnVirtualThread
@Singleton
public class AnchorResource {
    /** Most anchors of one page. */
    static final int LIMIT_MAX = 200;

    private final AnchorList list;
    private final AnchorState state;
    private final Notary notary;
    private final Logs logs;

    AnchorResource(AnchorList list, AnchorState state, Notary notary, Logs logs) {
        this.list = list;
        this.state = state;
        this.notary = notary;
        this.logs = logs;
    }

    /** A page of anchors. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(summary = "List what was sent to the chain and what is anchored, newest first")
    @APIResponse(responseCode = "200", ref = "Anchors")
    @APIResponse(responseCode = "400", ref = "BadRequest")
    public String anchors(
            @Parameter(ref = "cursor") @QueryParam("cursor") @DefaultValue("") String cursor,
            @Parameter(ref = "limit") @QueryParam("limit") @DefaultValue("50") String limit) {
        long before = cursor.isEmpty() ? Long.MAX_VALUE : number(cursor);
        int max = Math.toIntExact(Math.min(number(limit), LIMIT_MAX + 1L));
        if (max < 1 || max > LIMIT_MAX) {
            throw new AnchorException(Code.INVALID_REQUEST);
        }
        Origin open = logs.open().origin();
        List<AnchorList.Item> page = list.page(before, max);
        var body = Json.object().put("anchoring", anchoring()).put("origin", open.value());
        list.newest(open).ifPresent(item -> body.put("anchored", item.toJson()));
        body.put("items", Json.array(page.stream().map(AnchorList.Item::toJson).toList()));
        if (page.size() == max) {
            body.put("next", Long.toString(page.getLast().id()));
        }
        return body.build().canonical();
    }

    /** In one word: off, on, or what is worst. */
    private String anchoring() {
        if (notary instanceof NoNotary) {
            return "OFF";
        }
        return state.alarms().stream().findFirst().map(Enum::name).orElse("ON");
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,16}")) {
            throw new AnchorException(Code.INVALID_REQUEST);
        }
        return Long.parseLong(text);
    }
}
