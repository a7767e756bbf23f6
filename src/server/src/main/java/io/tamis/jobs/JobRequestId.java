package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.regex.Pattern;

/** The caller's own name for a job; repeating it with the same body is the same job. */
record JobRequestId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    JobRequestId {
        if (!FORM.matcher(value).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
