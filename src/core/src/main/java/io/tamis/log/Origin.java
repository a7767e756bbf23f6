package io.tamis.log;

import java.util.regex.Pattern;

/** The name of a log, and of the key that signs it: a schema-less URL (C2SP tlog-checkpoint), one for each log and year. */
public record Origin(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");

    public Origin {
        if (!FORM.matcher(value).matches()) {
            throw LogException.malformed();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
