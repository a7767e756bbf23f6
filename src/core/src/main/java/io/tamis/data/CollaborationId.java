package io.tamis.data;

import java.util.UUID;
import java.util.regex.Pattern;

/** A signed agreement of several parties to let jobs run over their datasets. */
public record CollaborationId(String value) implements Comparable<CollaborationId> {
    private static final Pattern FORM = Pattern.compile("[a-z][A-Za-z0-9_-]*");

    public CollaborationId {
        if (value.length() > 64 || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The name of a new collaboration: {@code col_} and a UUIDv7, so that names sort by age. */
    public static CollaborationId of(UUID id) {
        return new CollaborationId("col_" + id);
    }

    @Override
    public int compareTo(CollaborationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
