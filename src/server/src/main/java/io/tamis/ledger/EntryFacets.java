package io.tamis.ledger;

import io.tamis.data.Json;
import io.tamis.log.LedgerEvent;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an entry can be found by. The search and its filters read entries by this one class, so that they agree. */
final class EntryFacets {
    private EntryFacets() {}

    /** One thing that is asked for. */
    enum Facet {
        PARTY,
        DATASET,
        JOB,
        DECISION,
        TYPE
    }

    /** All values this event has of each. */
    static Map<Facet, Set<String>> of(LedgerEvent event) {
        var found = new EnumMap<Facet, Set<String>>(Facet.class);
        for (var facet : Facet.values()) {
            found.put(facet, new HashSet<>());
        }
        Json.Obj body = event.body();
        for (String party : Set.of("tenant", "onBehalfOf", "receiver")) {
            text(body, party).ifPresent(found.get(Facet.PARTY)::add);
        }
        text(body, "job").ifPresent(found.get(Facet.JOB)::add);
        text(body, "decision").ifPresent(found.get(Facet.DECISION)::add);
        text(body, "type").ifPresent(found.get(Facet.TYPE)::add);
        text(body, "dataset").ifPresent(found.get(Facet.DATASET)::add);
        inside(body, "datasets", "id", found.get(Facet.DATASET));
        inside(body, "rows", "dataset", found.get(Facet.DATASET));
        return found;
    }

    private static void inside(Json.Obj body, String list, String name, Set<String> into) {
        if (body.member(list).orElse(Json.of(false)) instanceof Json.Arr array) {
            for (var item : array.items()) {
                if (item instanceof Json.Obj object) {
                    text(object, name).ifPresent(into::add);
                }
            }
        }
    }

    private static Optional<String> text(Json.Obj object, String name) {
        return object.member(name)
                .flatMap(value -> value instanceof Json.Str string ? Optional.of(string.value()) : Optional.empty());
    }
}
