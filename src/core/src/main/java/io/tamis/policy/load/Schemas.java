package io.tamis.policy.load;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Holds documents against the schemas built into this jar ({@code policies/schema} of the repository). A bundle's own
 * copy of a schema is for editors and never looked at: a bundle must not choose its judge.
 */
final class Schemas {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of(
            "access",
            "approvals",
            "budgets",
            "bundle",
            "cases",
            "dataset",
            "redlines",
            "retention",
            "taxonomy",
            "transforms");

    /** Compiled once: a constant of this build, safe for several threads. */
    private static final Map<String, Schema> BUILT_IN = builtIn();

    private Schemas() {}

    /** What is wrong with the document, at most {@code limit} problems. */
    static List<Problem> check(String schema, String file, Yaml document, int limit) {
        return BUILT_IN.get(schema).validate(jackson(document)).stream()
                .limit(limit)
                .map(error -> problem(file, document, error))
                .toList();
    }

    private static Problem problem(String file, Yaml document, Error error) {
        String pointer = error.getInstanceLocation().toString();
        // The library begins its message with the pointer, which we carry apart.
        String message = error.getMessage().startsWith(pointer + ": ")
                ? error.getMessage().substring(pointer.length() + 2)
                : error.getMessage();
        return new Problem(
                file,
                pointer,
                message + " (line " + document.at(pointer).orElse(document).line() + ")");
    }

    private static Map<String, Schema> builtIn() {
        var registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .locale(Locale.ROOT)
                        .build()));
        return NAMES.stream().collect(Collectors.toUnmodifiableMap(name -> name, name -> read(registry, name)));
    }

    private static Schema read(SchemaRegistry registry, String name) {
        try (InputStream in = Schemas.class.getResourceAsStream("schema/" + name + ".schema.json")) {
            if (in == null) {
                throw new IllegalStateException("this build has no schema for " + name);
            }
            return registry.getSchema(in, InputFormat.JSON);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode jackson(Yaml document) {
        return switch (document) {
            case Yaml.Mapping mapping -> {
                var object = NODES.objectNode();
                mapping.members().forEach((name, value) -> object.set(name, jackson(value)));
                yield object;
            }
            case Yaml.Sequence sequence -> {
                var array = NODES.arrayNode();
                sequence.items().forEach(item -> array.add(jackson(item)));
                yield array;
            }
            case Yaml.Text text -> NODES.stringNode(text.value());
            case Yaml.Whole whole -> NODES.numberNode(whole.value());
            case Yaml.Fraction fraction -> NODES.numberNode(fraction.value());
            case Yaml.Truth truth -> NODES.booleanNode(truth.value());
            case Yaml.Nothing _ -> NODES.nullNode();
        };
    }
}
