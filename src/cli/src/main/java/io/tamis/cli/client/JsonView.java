package io.tamis.cli.client;

import io.tamis.data.Json;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Reads what is only shown: what is absent or of another type is empty, as a newer service may answer more or less than
 * this command knows. Decisions are taken on strictly parsed values instead.
 */
public record JsonView(Json value) {
    /** Nothing there. */
    public static final JsonView ABSENT = new JsonView(new Json.Null());

    public JsonView {
        Objects.requireNonNull(value);
    }

    /** A view of this value. */
    public static JsonView of(Json value) {
        return new JsonView(value);
    }

    /** The member with this name. */
    public JsonView at(String name) {
        return value instanceof Json.Obj object
                ? object.member(name).map(JsonView::of).orElse(ABSENT)
                : ABSENT;
    }

    /** The item at this position. */
    public JsonView at(int position) {
        var items = items();
        return position < items.size() ? items.get(position) : ABSENT;
    }

    /** The items of an array. */
    public List<JsonView> items() {
        return value instanceof Json.Arr array
                ? array.items().stream().map(JsonView::of).toList()
                : List.of();
    }

    /** A scalar as text; empty for null, what is absent, an array or an object. */
    public String text() {
        return switch (value) {
            case Json.Str string -> string.value();
            case Json.Int integer -> Long.toString(integer.value());
            case Json.Bool bool -> Boolean.toString(bool.value());
            case Json.Null ignored -> "";
            case Json.Arr ignored -> "";
            case Json.Obj ignored -> "";
        };
    }

    /** A scalar as text, or this text when there is none. */
    public String textOr(String otherwise) {
        String text = text();
        return text.isEmpty() ? otherwise : text;
    }

    /** An integer. */
    public OptionalLong integer() {
        return value instanceof Json.Int integer ? OptionalLong.of(integer.value()) : OptionalLong.empty();
    }

    /** An integer, or 0 when there is none. */
    public long integerOrZero() {
        return integer().orElse(0);
    }

    /** True for null and for what is absent. */
    public boolean isAbsent() {
        return value instanceof Json.Null;
    }
}
