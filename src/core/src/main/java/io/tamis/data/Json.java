package io.tamis.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A JSON value without floats: integers are at most 2^53 - 1 in magnitude, larger amounts travel as decimal strings. Its
 * canonical form is RFC 8785 (JCS): members sorted by UTF-16 code unit, no white space, shortest escapes; what is hashed
 * or signed is always that form.
 */
public sealed interface Json {
    /** A JSON object; iteration is in the order given, the canonical form is sorted. */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
            members.forEach((name, value) -> {
                Str.requireWellFormed(name);
                Objects.requireNonNull(value);
            });
        }

        /** The member with this name. */
        public Optional<Json> member(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** A copy with this member set. */
        public Obj with(String name, Json value) {
            var copy = new LinkedHashMap<>(members);
            copy.put(name, value);
            return new Obj(copy);
        }

        /** A copy without these members. */
        public Obj without(String... names) {
            var copy = new LinkedHashMap<>(members);
            for (String name : names) {
                copy.remove(name);
            }
            return new Obj(copy);
        }
    }

    /** A JSON array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A JSON string; lone surrogates are refused. */
    record Str(String value) implements Json {
        public Str {
            requireWellFormed(value);
        }

        private static void requireWellFormed(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (pair) {
                    i++;
                } else if (Character.isSurrogate(c)) {
                    throw new DataException(Code.INVALID_REQUEST);
                }
            }
        }
    }

    /** A JSON integer, |value| at most 2^53 - 1. */
    record Int(long value) implements Json {
        /** Greatest magnitude that every JSON reader holds exactly. */
        public static final long MAGNITUDE_MAX = (1L << 53) - 1;

        public Int {
            if (value > MAGNITUDE_MAX || value < -MAGNITUDE_MAX) {
                throw new DataException(Code.INVALID_REQUEST);
            }
        }
    }

    /** true or false. */
    record Bool(boolean value) implements Json {}

    /** null: a suppressed cell. Ledger entries omit what is absent instead. */
    record Null() implements Json {}

    /** A builder of an object. */
    static Builder object() {
        return new Builder();
    }

    /** A string. */
    static Str of(String value) {
        return new Str(value);
    }

    /** An integer. */
    static Int of(long value) {
        return new Int(value);
    }

    /** A boolean. */
    static Bool of(boolean value) {
        return new Bool(value);
    }

    /** An array of these items. */
    static Arr array(List<? extends Json> items) {
        return new Arr(List.copyOf(items));
    }

    /** An array of strings. */
    static Arr strings(Iterable<String> values) {
        var items = new ArrayList<Json>();
        values.forEach(value -> items.add(new Str(value)));
        return new Arr(items);
    }

    /** Reads strict JSON: UTF-8, no duplicate names, no floats, nesting at most {@link JsonParser#DEPTH_MAX}. */
    static Json parse(byte[] utf8) {
        return new JsonParser(JsonParser.decode(utf8)).document();
    }

    /** Reads strict JSON from text. */
    static Json parse(String text) {
        return new JsonParser(text).document();
    }

    /** The RFC 8785 form as text. */
    default String canonical() {
        var out = new StringBuilder();
        JsonWriter.write(this, out);
        return out.toString();
    }

    /** The RFC 8785 form in UTF-8. */
    default byte[] canonicalBytes() {
        return canonical().getBytes(StandardCharsets.UTF_8);
    }

    /** Collects the members of an object. */
    final class Builder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private Builder() {}

        /** Adds a member; a name given twice is refused. */
        public Builder put(String name, Json value) {
            if (members.putIfAbsent(name, value) != null) {
                throw new DataException(Code.INVALID_REQUEST);
            }
            return this;
        }

        /** Adds a string. */
        public Builder put(String name, String value) {
            return put(name, new Str(value));
        }

        /** Adds an integer. */
        public Builder put(String name, long value) {
            return put(name, new Int(value));
        }

        /** Adds a boolean. */
        public Builder put(String name, boolean value) {
            return put(name, new Bool(value));
        }

        /** Adds a string when there is one. */
        public Builder putIfPresent(String name, Optional<String> value) {
            value.ifPresent(text -> put(name, text));
            return this;
        }

        /** The object. */
        public Obj build() {
            return new Obj(members);
        }
    }
}
