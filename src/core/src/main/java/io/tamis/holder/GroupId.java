package io.tamis.holder;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.regex.Pattern;

/** A group of key holders, as its roster names it. */
public record GroupId(String value) implements Comparable<GroupId> {
    /** Most characters. */
    public static final int LENGTH_MAX = 64;

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*");

    public GroupId {
        if (value.length() > LENGTH_MAX || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(GroupId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
