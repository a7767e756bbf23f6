package io.tamis.holder.ticket;

import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.privacy.Measure;

/**
 * What the noise and the cohort rest on, as the server states it; a holder recomputes each from declarations and masks.
 * Unit of privacy: one person; neighbours: one person added or removed on every platform at once. A person moves one
 * opened number by at most {@code maxAbs * platforms} and at most {@code groupsMax} of them.
 *
 * @param minCohort least number of persons behind a mask, on each platform
 * @param maxAbs greatest magnitude of a tag, in the tag's minor units; the platform clamps before it encrypts
 * @param platforms number of sources
 * @param groupsMax most segments of the ticket whose masks hold one position
 */
public record TicketBounds(int minCohort, long maxAbs, int platforms, int groupsMax) {
    public TicketBounds {
        boolean whole = minCohort >= 1 && maxAbs >= 1 && maxAbs <= Json.Int.MAGNITUDE_MAX;
        boolean counted = platforms >= 1 && platforms <= DecryptionTicket.SOURCES_MAX;
        if (!whole || !counted || groupsMax < 1 || groupsMax > DecryptionTicket.SEGMENTS_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** True when {@link #measure} has an answer: the sensitivity is one that the privacy code takes. */
    public boolean fits() {
        return Math.multiplyHigh(maxAbs, platforms) == 0 && maxAbs * platforms <= Json.Int.MAGNITUDE_MAX;
    }

    /** The sum whose sensitivity {@code maxAbs * platforms} is; {@code INVALID_REQUEST} when that is over 2^53 - 1. */
    public Measure.Sum measure() {
        long bound = maxAbs * platforms;
        return new Measure.Sum(new Clamp(-bound, bound));
    }

    Json.Obj toJson() {
        return Json.object()
                .put("minCohort", minCohort)
                .put("maxAbs", maxAbs)
                .put("platforms", platforms)
                .put("groupsMax", groupsMax)
                .build();
    }

    static TicketBounds fromJson(Json json) {
        var fields = new JsonFields(json);
        var bounds = new TicketBounds(
                (int) fields.integer("minCohort", 1, Integer.MAX_VALUE),
                fields.integer("maxAbs", 1, Json.Int.MAGNITUDE_MAX),
                (int) fields.integer("platforms", 1, DecryptionTicket.SOURCES_MAX),
                (int) fields.integer("groupsMax", 1, DecryptionTicket.SEGMENTS_MAX));
        fields.end();
        return bounds;
    }
}
