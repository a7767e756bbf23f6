package io.tamis.data;

import java.util.regex.Pattern;

/** A column's declared name, ASCII only. */
public record ColumnName(String value) implements Comparable<ColumnName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    public ColumnName {
        if (value.length() > 64 || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(ColumnName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
