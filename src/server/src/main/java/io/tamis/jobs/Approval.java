package io.tamis.jobs;

import io.tamis.data.DepartmentId;
import io.tamis.data.EventId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import java.util.Objects;

/**
 * A person's consent to a job, for the party whose data it reads.
 *
 * @param event its {@code approval.given} entry
 */
public record Approval(PartyId party, PersonId by, DepartmentId department, EventId event) {
    public Approval {
        Objects.requireNonNull(party);
        Objects.requireNonNull(by);
        Objects.requireNonNull(department);
        Objects.requireNonNull(event);
    }
}
