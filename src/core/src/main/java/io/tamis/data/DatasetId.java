package io.tamis.data;

import java.util.regex.Pattern;

/** A dataset family: all versions and re-imports of one declaration. The privacy guarantee is per person and family. */
public record DatasetId(String value) implements Comparable<DatasetId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*");

    public DatasetId {
        if (value.length() > 64 || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(DatasetId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
