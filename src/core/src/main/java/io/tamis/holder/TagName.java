package io.tamis.holder;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.regex.Pattern;

/** A column of encrypted values, as its platform names it. */
public record TagName(String value) implements Comparable<TagName> {
    /** Most characters. */
    public static final int LENGTH_MAX = 64;

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]*");

    public TagName {
        if (value.length() > LENGTH_MAX || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(TagName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
