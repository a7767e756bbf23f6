package io.tamis.server;

import io.quarkus.security.UnauthorizedException;
import io.tamis.data.Actor;
import io.tamis.data.DataException;
import io.tamis.data.DepartmentId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import io.tamis.ledger.CurrentActor;
import io.tamis.ledger.Events;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The caller as the verified token names them. A token without exactly one known role, without party, person or
 * department, or of the party the service itself writes its entries as, is no token: it is answered like a missing one.
 */
@RequestScoped
class TokenActor implements CurrentActor {
    private final JsonWebToken token;

    @Inject
    TokenActor(JsonWebToken token) {
        this.token = token;
    }

    @Override
    public Actor actor() {
        Set<String> groups = token.getGroups();
        if (groups == null || groups.size() != 1) {
            throw new UnauthorizedException();
        }
        Role role = Role.fromToken(groups.iterator().next()).orElseThrow(UnauthorizedException::new);
        try {
            var party = new PartyId(claim("party"));
            if (party.equals(Events.SERVICE)) {
                throw new UnauthorizedException();
            }
            return new Actor(party, new PersonId(claim("person")), role, new DepartmentId(claim("department")));
        } catch (DataException malformed) {
            throw new UnauthorizedException();
        }
    }

    private String claim(String name) {
        Object value = token.getClaim(name);
        if (value == null) {
            throw new UnauthorizedException();
        }
        return value.toString();
    }
}
