package io.tamis.data;

import java.util.regex.Pattern;

/** A company: a platform that holds data or a merchant that asks. */
public record PartyId(String value) implements Comparable<PartyId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*");

    public PartyId {
        if (value.length() > 64 || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(PartyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
