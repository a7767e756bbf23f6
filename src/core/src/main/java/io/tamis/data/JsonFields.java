package io.tamis.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the members of a JSON object strictly: each once, of its type, within its limit; {@link #end()} refuses what
 * nobody asked for. Everything wrong is one {@link DataException} with a code and no detail.
 */
public final class JsonFields {
    private final Json.Obj object;
    private final Set<String> read = new HashSet<>();

    /** A reader of this value, which must be an object. */
    public JsonFields(Json value) {
        if (!(value instanceof Json.Obj obj)) {
            throw invalid();
        }
        this.object = obj;
    }

    /** A required string of 1 to {@code lengthMax} UTF-16 code units. */
    public String string(String name, int lengthMax) {
        return optionalString(name, lengthMax).orElseThrow(JsonFields::invalid);
    }

    /** An optional string of 1 to {@code lengthMax} UTF-16 code units. */
    public Optional<String> optionalString(String name, int lengthMax) {
        return take(name).map(value -> text(value, lengthMax));
    }

    /** A required integer within the limits, both included. */
    public long integer(String name, long min, long max) {
        return optionalInteger(name, min, max).orElseThrow(JsonFields::invalid);
    }

    /** An optional integer within the limits, both included. */
    public OptionalLong optionalInteger(String name, long min, long max) {
        Optional<Json> value = take(name);
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(within(value.get(), min, max));
    }

    /** An optional boolean, false when absent. */
    public boolean flag(String name) {
        return take(name)
                .map(value -> {
                    if (!(value instanceof Json.Bool bool)) {
                        throw invalid();
                    }
                    return bool.value();
                })
                .orElse(false);
    }

    /** A required object. */
    public JsonFields object(String name) {
        return optionalObject(name).orElseThrow(JsonFields::invalid);
    }

    /** An optional object. */
    public Optional<JsonFields> optionalObject(String name) {
        return take(name).map(JsonFields::new);
    }

    /** A required member of any kind. */
    public Json value(String name) {
        return take(name).orElseThrow(JsonFields::invalid);
    }

    /** A required array of at least one and at most {@code sizeMax} items, each read by {@code item}. */
    public <T> List<T> list(String name, int sizeMax, Function<Json, T> item) {
        List<T> items = optionalList(name, sizeMax, item);
        if (items.isEmpty()) {
            throw invalid();
        }
        return items;
    }

    /** An optional array of at most {@code sizeMax} items; empty when absent. */
    public <T> List<T> optionalList(String name, int sizeMax, Function<Json, T> item) {
        Optional<Json> value = take(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof Json.Arr array)) {
            throw invalid();
        }
        if (array.items().size() > sizeMax) {
            throw new DataException(Code.TOO_LARGE);
        }
        var items = new ArrayList<T>();
        array.items().forEach(json -> items.add(item.apply(json)));
        return List.copyOf(items);
    }

    /** A required member that is the name of one of the constants. */
    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        return optionalConstant(name, type).orElseThrow(JsonFields::invalid);
    }

    /** An optional member that is the name of one of the constants. */
    public <E extends Enum<E>> Optional<E> optionalConstant(String name, Class<E> type) {
        return optionalString(name, 64)
                .map(text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equals(text))
                        .findFirst()
                        .orElseThrow(JsonFields::invalid));
    }

    /** Refuses members that were not read. */
    public void end() {
        if (!read.containsAll(object.members().keySet())) {
            throw new DataException(Code.UNKNOWN_FIELD);
        }
    }

    /** A JSON value as a string of 1 to {@code lengthMax} UTF-16 code units. */
    public static String text(Json value, int lengthMax) {
        if (!(value instanceof Json.Str string) || string.value().isEmpty()) {
            throw invalid();
        }
        if (string.value().length() > lengthMax) {
            throw new DataException(Code.TOO_LARGE);
        }
        return string.value();
    }

    private static long within(Json value, long min, long max) {
        if (!(value instanceof Json.Int integer) || integer.value() < min || integer.value() > max) {
            throw invalid();
        }
        return integer.value();
    }

    private Optional<Json> take(String name) {
        read.add(name);
        return object.member(name);
    }

    private static DataException invalid() {
        return new DataException(Code.INVALID_REQUEST);
    }
}
