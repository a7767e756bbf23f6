package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.JobId;
import io.tamis.data.PartyId;
import io.tamis.ledger.EntryFacets.Facet;
import io.tamis.log.EventType;
import io.tamis.log.LedgerEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a search asks for: all of it has to hold of an entry. Without any of it, every entry is meant, erased ones too. */
record EntryQuery(Map<Facet, String> facets, Optional<Instant> from, Optional<Instant> to) {
    private static final int TEXT_MAX = 64;

    EntryQuery {
        facets = Map.copyOf(facets);
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
    }

    /** As it stands in an address; empty text is not asked for. Anything of another form than the log has is refused. */
    static EntryQuery read(Map<Facet, String> asked, String from, String to) {
        var facets = new EnumMap<Facet, String>(Facet.class);
        asked.forEach((facet, text) -> {
            if (!text.isEmpty()) {
                facets.put(facet, checked(facet, text));
            }
        });
        return new EntryQuery(facets, instant(from), instant(to));
    }

    /** True when every entry is meant. */
    boolean all() {
        return facets.isEmpty() && from.isEmpty() && to.isEmpty();
    }

    /** What was asked by, without what for: a search's own entry says no more. */
    List<String> names() {
        var names = new ArrayList<String>();
        facets.keySet().stream()
                .sorted()
                .forEach(facet -> names.add(facet.name().toLowerCase(Locale.ROOT)));
        from.ifPresent(ignored -> names.add("from"));
        to.ifPresent(ignored -> names.add("to"));
        return names;
    }

    /** True when this event is asked for; {@code from} is included and {@code to} is not. */
    boolean matches(LedgerEvent event) {
        Instant at = event.at();
        if (from.filter(at::isBefore).isPresent()
                || to.filter(end -> !at.isBefore(end)).isPresent()) {
            return false;
        }
        Map<Facet, Set<String>> has = EntryFacets.of(event);
        return facets.entrySet().stream()
                .allMatch(asked -> has.get(asked.getKey()).contains(asked.getValue()));
    }

    private static String checked(Facet facet, String text) {
        if (text.length() > TEXT_MAX) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        return switch (facet) {
            case PARTY -> new PartyId(text).value();
            case DATASET -> new DatasetId(text).value();
            case JOB -> JobId.parse(text).toString();
            case DECISION -> {
                if (!Set.of("PERMIT", "DENY").contains(text)) {
                    throw new LedgerException(Code.INVALID_REQUEST);
                }
                yield text;
            }
            case TYPE ->
                EventType.fromWire(text)
                        .map(EventType::wire)
                        .orElseThrow(() -> new LedgerException(Code.INVALID_REQUEST));
        };
    }

    private static Optional<Instant> instant(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException malformed) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
