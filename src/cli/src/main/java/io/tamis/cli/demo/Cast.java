package io.tamis.cli.demo;

import io.tamis.cli.client.BearerToken;
import io.tamis.cli.client.DemoIssuer;
import io.tamis.data.Actor;
import io.tamis.data.DepartmentId;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who plays in the demonstration, each with a token for the time it runs. */
record Cast(BearerToken platform, BearerToken merchant, BearerToken officer, BearerToken shop, PartyId merchantParty) {
    /** The merchant of a first run; asked again on the same data, its question is answered from the cache. */
    static final PartyId USUAL_MERCHANT = new PartyId("brand-a");

    private static final Duration TIME_TO_LIVE = Duration.ofHours(12);

    static Cast of(DemoIssuer issuer, Instant now, PartyId merchant) {
        return new Cast(
                token(issuer, now, new PartyId("cdnow"), Role.PLATFORM, "data-platform"),
                token(issuer, now, merchant, Role.MERCHANT, "marketing"),
                token(issuer, now, new PartyId("audit-office"), Role.COMPLIANCE_OFFICER, "compliance"),
                token(issuer, now, Companies.SHOP, Role.PLATFORM, "data-platform"),
                merchant);
    }

    /** A token for whoever acts for this party. */
    static BearerToken token(DemoIssuer issuer, Instant now, PartyId party, Role role, String department) {
        var actor = new Actor(party, new PersonId("u-demo-" + role.token()), role, new DepartmentId(department));
        return issuer.issue(actor, Optional.empty(), now, TIME_TO_LIVE);
    }
}
