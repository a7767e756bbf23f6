package io.tamis.cli.audit;

import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.log.LedgerEvent;
import java.util.UUID;

/**
 * An entry that later ones are held against, as an auditor's state keeps it: what the checks read of it, without the person
 * who acted and the person it is about.
 */
sealed interface Fact {
    /** Longest line of one. */
    int LINE_BYTES_MAX = LedgerEvent.BYTES_MAX + 1024;

    /** Longest place: a log's name and an entry. */
    int WHERE_LENGTH_MAX = 256;

    /** An entry that says something. */
    record Said(Seen entry) implements Fact {}

    /** An entry that was erased. */
    record Erased(String where, UUID key) implements Fact {}

    default Json.Obj toJson() {
        return switch (this) {
            case Said(Seen entry) ->
                Json.object()
                        .put("order", entry.order())
                        .put("where", entry.where())
                        .put("event", impersonal(entry.event().body()))
                        .build();
            case Erased(String where, UUID key) ->
                Json.object().put("where", where).put("erased", key.toString()).build();
        };
    }

    static Fact fromJson(Json json) {
        var fields = new JsonFields(json);
        String where = fields.string("where", WHERE_LENGTH_MAX);
        Fact fact = fields.optionalString("erased", 36)
                .<Fact>map(key -> new Erased(where, EventId.parse(key).value()))
                .orElseGet(() -> new Said(
                        new Seen(fields.integer("order", 0, Json.Int.MAGNITUDE_MAX), where, new LedgerEvent((Json.Obj)
                                fields.value("event")))));
        fields.end();
        return fact;
    }

    /** Of the actor only the role matters to a check, of the person concerned nothing. */
    private static Json.Obj impersonal(Json.Obj body) {
        Json.Obj left = body.without("subjectRef", "subjectRefs", "onBehalfOf");
        return body.member("actor")
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .flatMap(actor -> actor.member("role"))
                .map(role -> left.with("actor", Json.object().put("role", role).build()))
                .orElse(left);
    }
}
