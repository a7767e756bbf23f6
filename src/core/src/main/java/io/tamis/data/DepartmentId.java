package io.tamis.data;

import java.util.regex.Pattern;

/** A department within a party; two approvals come from two of them. */
public record DepartmentId(String value) implements Comparable<DepartmentId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*");

    public DepartmentId {
        if (value.length() > 64 || !FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    @Override
    public int compareTo(DepartmentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
