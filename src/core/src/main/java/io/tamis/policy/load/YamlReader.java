package io.tamis.policy.load;

import io.tamis.data.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.JsonScalarResolver;

/**
 * Reads one YAML 1.2 document with the JSON schema. What two readers could take differently, or what lets a short text
 * grow, is refused: duplicate keys, anchors and aliases, tags, a second document, keys that are not strings. The tree is
 * built from parser events, so that every limit holds before memory is spent.
 */
final class YamlReader {
    /** Largest file in bytes. */
    static final int FILE_BYTES_MAX = 1 << 20;

    /** Greatest nesting of mappings and sequences. */
    static final int DEPTH_MAX = 24;

    /** Most nodes in a document. */
    static final int NODES_MAX = 200_000;

    /** Longest scalar in UTF-16 code units. */
    static final int SCALAR_LENGTH_MAX = 4096;

    private static final double FRACTION_MIN = 1e-100;
    private static final JsonScalarResolver RESOLVER = new JsonScalarResolver();

    private final Iterator<Event> events;
    private int depth;
    private int nodes;

    private YamlReader(Iterator<Event> events) {
        this.events = events;
    }

    /** The document was refused; the message says why and where, in our words. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message, int line) {
            super(line > 0 ? message + " (line " + line + ")" : message);
        }
    }

    /** Reads the document in these bytes. */
    static Yaml read(byte[] utf8) throws Refused {
        if (utf8.length > FILE_BYTES_MAX) {
            throw new Refused("file is larger than " + FILE_BYTES_MAX + " bytes", 0);
        }
        var settings = LoadSettings.builder().setCodePointLimit(FILE_BYTES_MAX).build();
        try {
            return new YamlReader(new Parse(settings).parseString(decode(utf8)).iterator()).document();
        } catch (MarkedYamlEngineException malformed) {
            int line = malformed.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            throw new Refused("is not YAML: " + malformed.getProblem(), line);
        } catch (YamlEngineException malformed) {
            throw new Refused("is not YAML", 0);
        }
    }

    private static String decode(byte[] utf8) throws Refused {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new Refused("is not UTF-8", 0);
        }
    }

    private Yaml document() throws Refused {
        expect(Event.ID.StreamStart);
        Event start = events.next();
        if (start.getEventId() != Event.ID.DocumentStart) {
            throw new Refused("is empty", 0);
        }
        Yaml root = node(events.next());
        expect(Event.ID.DocumentEnd);
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw new Refused("holds a second document", line(end));
        }
        return root;
    }

    private Yaml node(Event event) throws Refused {
        if (++nodes > NODES_MAX) {
            throw new Refused("has more than " + NODES_MAX + " values", line(event));
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case CollectionStartEvent start -> collection(start);
            default -> throw new Refused("uses an alias, which is not accepted", line(event));
        };
    }

    private Yaml collection(CollectionStartEvent start) throws Refused {
        refuseAnchor(start);
        if (start.getTag().isPresent()) {
            throw new Refused("uses a tag, which is not accepted", line(start));
        }
        if (++depth > DEPTH_MAX) {
            throw new Refused("is nested deeper than " + DEPTH_MAX + " levels", line(start));
        }
        Yaml node = start.getEventId() == Event.ID.MappingStart ? mapping(line(start)) : sequence(line(start));
        depth--;
        return node;
    }

    private Yaml mapping(int line) throws Refused {
        Map<String, Yaml> members = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(node(event) instanceof Yaml.Text key)) {
                throw new Refused("has a key that is not a string", line(event));
            }
            if (members.putIfAbsent(key.value(), node(events.next())) != null) {
                throw new Refused("has the key '" + key.value() + "' twice", line(event));
            }
        }
        return new Yaml.Mapping(members, line);
    }

    private Yaml sequence(int line) throws Refused {
        var items = new ArrayList<Yaml>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event));
        }
        return new Yaml.Sequence(items, line);
    }

    private static Yaml scalar(ScalarEvent scalar) throws Refused {
        refuseAnchor(scalar);
        int line = line(scalar);
        String text = scalar.getValue();
        if (scalar.getTag().isPresent()) {
            throw new Refused("uses a tag, which is not accepted", line);
        }
        if (text.length() > SCALAR_LENGTH_MAX) {
            throw new Refused("has a value longer than " + SCALAR_LENGTH_MAX + " characters", line);
        }
        Tag tag = scalar.isPlain() ? RESOLVER.resolve(text, true) : Tag.STR;
        if (tag.equals(Tag.NULL)) {
            return new Yaml.Nothing(line);
        }
        if (tag.equals(Tag.BOOL)) {
            return new Yaml.Truth(text.equals("true"), line);
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(text, line) : new Yaml.Text(text, line);
    }

    private static Yaml number(String text, int line) throws Refused {
        double value = asDouble(text);
        if (Double.isFinite(value) && value != Math.rint(value)) {
            // Of the least doubles Java and ECMAScript print different digits; nothing here needs them.
            if (Math.abs(value) < FRACTION_MIN) {
                throw new Refused("has a number that is too small", line);
            }
            return new Yaml.Fraction(value, line);
        }
        if (!(Math.abs(value) <= Json.Int.MAGNITUDE_MAX)) {
            throw new Refused("has a number that is not finite or beyond 2^53 - 1", line);
        }
        return new Yaml.Whole((long) value, line);
    }

    private static double asDouble(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException infinityOrNan) {
            return Double.NaN;
        }
    }

    private static void refuseAnchor(NodeEvent event) throws Refused {
        if (event.getAnchor().isPresent()) {
            throw new Refused("uses an anchor, which is not accepted", line(event));
        }
    }

    private void expect(Event.ID id) throws Refused {
        Event event = events.next();
        if (event.getEventId() != id) {
            throw new Refused("is not one YAML document", line(event));
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
