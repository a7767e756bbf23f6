package io.tamis.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A strict reader of RFC 8259 without floats. It is small on purpose: whatever two readers could understand differently
 * (duplicate names, bad UTF-8, big numbers) is refused, with one code and no position, as a position helps a prober.
 */
final class JsonParser {
    /** Greatest nesting of objects and arrays. */
    static final int DEPTH_MAX = 32;

    /** Longest document, in UTF-16 code units; the callers' own body limits are lower or equal. */
    static final int LENGTH_MAX = 64 << 20;

    private final String text;
    private int at;
    private int depth;

    JsonParser(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
        this.text = text;
    }

    static String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformed();
        }
    }

    Json document() {
        skipSpace();
        Json value = value();
        skipSpace();
        if (at != text.length()) {
            throw malformed();
        }
        return value;
    }

    private Json value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.Str(string());
            case 't' -> literal("true", new Json.Bool(true));
            case 'f' -> literal("false", new Json.Bool(false));
            case 'n' -> literal("null", new Json.Null());
            default -> integer();
        };
    }

    private Json object() {
        open();
        Map<String, Json> members = new LinkedHashMap<>();
        skipSpace();
        if (peek() != '}') {
            do {
                skipSpace();
                if (peek() != '"') {
                    throw malformed();
                }
                String name = string();
                skipSpace();
                expect(':');
                skipSpace();
                if (members.putIfAbsent(name, value()) != null) {
                    throw malformed();
                }
                skipSpace();
            } while (takeComma());
        }
        close('}');
        return new Json.Obj(members);
    }

    private Json array() {
        open();
        var items = new ArrayList<Json>();
        skipSpace();
        if (peek() != ']') {
            do {
                skipSpace();
                items.add(value());
                skipSpace();
            } while (takeComma());
        }
        close(']');
        return new Json.Arr(items);
    }

    private void open() {
        if (++depth > DEPTH_MAX) {
            throw malformed();
        }
        at++;
    }

    private void close(char bracket) {
        expect(bracket);
        depth--;
    }

    private boolean takeComma() {
        boolean comma = peek() == ',';
        if (comma) {
            at++;
        }
        return comma;
    }

    private String string() {
        at++;
        var out = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < 0x20) {
                throw malformed();
            }
            out.append(c == '\\' ? escape() : c);
        }
        at++;
        return out.toString();
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw malformed();
        };
    }

    private char hexadecimal() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed();
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private Json integer() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int length = at - digits;
        boolean leadingZero = length > 1 && text.charAt(digits) == '0';
        boolean negativeZero = start != digits && length == 1 && text.charAt(digits) == '0';
        // 2^53 - 1 has 16 digits; a fraction or an exponent is caught by whatever must follow a value.
        if (length == 0 || length > 16 || leadingZero || negativeZero) {
            throw malformed();
        }
        return new Json.Int(Long.parseLong(text.substring(start, at)));
    }

    private Json literal(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw malformed();
        }
        at += word.length();
        return value;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw malformed();
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static DataException malformed() {
        return new DataException(Code.INVALID_REQUEST);
    }
}
