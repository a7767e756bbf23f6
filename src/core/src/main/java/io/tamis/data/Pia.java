package io.tamis.data;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;

/** A personal-information impact assessment (PIPL 55): the purposes it covers, and its last valid day. */
public record Pia(String id, Set<Purpose> purposes, LocalDate validUntil) {
    public Pia {
        Objects.requireNonNull(id);
        Objects.requireNonNull(validUntil);
        purposes = Set.copyOf(purposes);
    }

    /** True when it covers the purpose on that day. */
    public boolean covers(Purpose purpose, LocalDate day) {
        return purposes.contains(purpose) && !day.isAfter(validUntil);
    }
}
