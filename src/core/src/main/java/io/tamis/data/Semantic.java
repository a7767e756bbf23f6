package io.tamis.data;

import java.util.regex.Pattern;

/** What a column's values mean, for example CN_MOBILE; it picks the transform, and equal semantics may match. */
public record Semantic(String value) implements Comparable<Semantic> {
    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9_]*");

    public Semantic {
        if (value.length() > 64 || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(Semantic other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
