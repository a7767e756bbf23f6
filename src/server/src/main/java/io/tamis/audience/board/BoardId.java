package io.tamis.audience.board;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.UUID;
import java.util.regex.Pattern;

/** A key ceremony, {@code kc_} and a UUIDv7, or a tag round, {@code tr_} and one. */
public record BoardId(String value) implements Comparable<BoardId> {
    private static final Pattern FORM =
            Pattern.compile("(?:kc|tr)_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    public BoardId {
        if (value.length() > 64 || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The name of a new ceremony. */
    public static BoardId ceremony(UUID id) {
        return new BoardId("kc_" + id);
    }

    /** The name of a new round. */
    public static BoardId round(UUID id) {
        return new BoardId("tr_" + id);
    }

    @Override
    public int compareTo(BoardId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
