package io.tamis.data;

import java.util.Objects;

/** Who answers for a dataset's labels. */
public record Steward(PersonId person, DepartmentId department) {
    public Steward {
        Objects.requireNonNull(person);
        Objects.requireNonNull(department);
    }
}
