package io.tamis.jobs;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;

/** The kinds of question this service answers: whatever features CDI found. */
@Singleton
class JobTypes {
    private final Map<String, JobType> byName;

    JobTypes(@Any Instance<JobType> found) {
        this.byName = found.stream().collect(Collectors.toUnmodifiableMap(JobType::name, type -> type));
    }

    /** The type a request names; an unknown one is not of the documented form. */
    JobType named(String name) {
        JobType type = byName.get(name);
        if (type == null) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return type;
    }
}
