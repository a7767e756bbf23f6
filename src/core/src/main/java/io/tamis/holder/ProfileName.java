package io.tamis.holder;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.regex.Pattern;

/** A set of encryption parameters by its name, AGG-8192 for instance; what it stands for is {@code he}'s. */
public record ProfileName(String value) implements Comparable<ProfileName> {
    /** Most characters. */
    public static final int LENGTH_MAX = 64;

    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9-]*");

    public ProfileName {
        if (value.length() > LENGTH_MAX || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(ProfileName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
