package io.tamis.catalog.collaboration;

import io.tamis.data.Code;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A party of an agreement.
 *
 * @param roles in which of the two, merchant and platform, its people act under it
 * @param signedAt when somebody of the party signed
 * @param withdrawnAt since when it is no member any more
 */
public record Member(PartyId party, Set<Role> roles, Optional<Instant> signedAt, Optional<Instant> withdrawnAt) {
    private static final Set<Role> ROLES = Set.copyOf(EnumSet.of(Role.MERCHANT, Role.PLATFORM));

    public Member {
        Objects.requireNonNull(party);
        Objects.requireNonNull(signedAt);
        Objects.requireNonNull(withdrawnAt);
        roles = Set.copyOf(roles);
        if (roles.isEmpty() || !ROLES.containsAll(roles)) {
            throw new CollaborationException(Code.INVALID_REQUEST);
        }
    }
}
