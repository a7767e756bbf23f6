package io.tamis.policy.load;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A YAML document reduced to what JSON can say. Every node knows its line, so that a problem can name it. Unlike
 * {@link Json} it has fractions, because the weights of the red lines do.
 */
sealed interface Yaml {
    /** 1-based line of the node's first character; 0 for a node no file holds. */
    int line();

    /** A mapping with string keys, in the order written. */
    record Mapping(Map<String, Yaml> members, int line) implements Yaml {
        public Mapping {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    record Sequence(List<Yaml> items, int line) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    record Text(String value, int line) implements Yaml {}

    /** An integer, or a fraction written without need such as 1.0: JSON knows no difference. */
    record Whole(long value, int line) implements Yaml {}

    record Fraction(double value, int line) implements Yaml {}

    record Truth(boolean value, int line) implements Yaml {}

    record Nothing(int line) implements Yaml {}

    /** The node an RFC 6901 pointer leads to. */
    default Optional<Yaml> at(String pointer) {
        Optional<Yaml> node = Optional.of(this);
        String[] steps = pointer.split("/", -1);
        for (int i = 1; i < steps.length && node.isPresent(); i++) {
            String step = steps[i].replace("~1", "/").replace("~0", "~");
            node = node.flatMap(parent -> child(parent, step));
        }
        return node;
    }

    private static Optional<Yaml> child(Yaml parent, String step) {
        return switch (parent) {
            case Mapping mapping -> Optional.ofNullable(mapping.members.get(step));
            case Sequence sequence ->
                step.matches("[0-9]{1,6}") && Integer.parseInt(step) < sequence.items.size()
                        ? Optional.of(sequence.items.get(Integer.parseInt(step)))
                        : Optional.empty();
            case Text _, Whole _, Fraction _, Truth _, Nothing _ -> Optional.empty();
        };
    }

    /** The same value as {@link Json}; a fraction is refused with INVALID_REQUEST, a null member is left out. */
    default Json toJson() {
        return switch (this) {
            case Mapping(Map<String, Yaml> members, int _) -> {
                var json = new LinkedHashMap<String, Json>();
                members.forEach((name, value) -> {
                    if (!(value instanceof Nothing)) {
                        json.put(name, value.toJson());
                    }
                });
                yield new Json.Obj(json);
            }
            case Sequence(List<Yaml> items, int _) ->
                Json.array(items.stream().map(Yaml::toJson).toList());
            case Text(String value, int _) -> Json.of(value);
            case Whole(long value, int _) -> Json.of(value);
            case Truth(boolean value, int _) -> Json.of(value);
            case Nothing _ -> new Json.Null();
            case Fraction _ -> throw new DataException(Code.INVALID_REQUEST);
        };
    }

    /** The RFC 8785 form. */
    default String canonical() {
        return switch (this) {
            case Mapping(Map<String, Yaml> members, int _) ->
                // TreeMap orders strings by UTF-16 code unit, as RFC 8785 section 3.2.3 asks.
                new TreeMap<>(members)
                        .entrySet().stream()
                                .map(member -> Json.of(member.getKey()).canonical() + ":"
                                        + member.getValue().canonical())
                                .collect(Collectors.joining(",", "{", "}"));
            case Sequence(List<Yaml> items, int _) ->
                items.stream().map(Yaml::canonical).collect(Collectors.joining(",", "[", "]"));
            case Fraction(double value, int _) -> number(value);
            case Text _, Whole _, Truth _, Nothing _ -> toJson().canonical();
        };
    }

    /** ECMAScript's Number::toString (ECMA-262 section 6.1.6.1.20), which RFC 8785 section 3.2.2.3 prescribes. */
    private static String number(double value) {
        var shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (point > 21 || point < -5) {
            String rest = digits.substring(1);
            int exponent = point - 1;
            return sign + digits.charAt(0) + (rest.isEmpty() ? "" : "." + rest) + "e" + (exponent < 0 ? "" : "+")
                    + exponent;
        }
        if (point <= 0) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        return digits.length() <= point
                ? sign + digits + "0".repeat(point - digits.length())
                : sign + digits.substring(0, point) + "." + digits.substring(point);
    }
}
