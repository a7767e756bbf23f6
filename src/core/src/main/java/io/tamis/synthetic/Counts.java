package io.tamis.synthetic;

import io.tamis.data.Json;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** A sum for each constant of an enumeration, 0 at first. For one thread. */
final class Counts<E extends Enum<E>> {
    private final Class<E> type;
    private final Map<E, Long> sums;

    Counts(Class<E> type) {
        this.type = type;
        this.sums = new EnumMap<>(type);
    }

    void add(E constant, long more) {
        if (more != 0) {
            sums.merge(constant, more, Long::sum);
        }
    }

    void add(Counts<E> other) {
        other.sums.forEach(this::add);
    }

    long of(E constant) {
        return sums.getOrDefault(constant, 0L);
    }

    /** One member for each constant, in their order. */
    Json.Obj toJson(Function<E, String> name) {
        var json = Json.object();
        for (E constant : type.getEnumConstants()) {
            json.put(name.apply(constant), of(constant));
        }
        return json.build();
    }
}
