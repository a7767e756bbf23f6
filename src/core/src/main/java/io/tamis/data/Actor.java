package io.tamis.data;

import java.util.Objects;

/** Who acts: all four facts come from the verified token. */
public record Actor(PartyId party, PersonId person, Role role, DepartmentId department) {
    public Actor {
        Objects.requireNonNull(party);
        Objects.requireNonNull(person);
        Objects.requireNonNull(role);
        Objects.requireNonNull(department);
    }
}
