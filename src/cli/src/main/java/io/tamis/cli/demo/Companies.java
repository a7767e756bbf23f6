package io.tamis.cli.demo;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.DemoIssuer;
import io.tamis.data.PartyId;
import io.tamis.data.Role;

/** The companies that ask across platforms, and those that have no part in it; somebody acts for each of them. */
final class Companies {
    static final PartyId SHOP = new PartyId("shop");
    static final PartyId VIDEO = new PartyId("video");
    static final PartyId MESSENGER = new PartyId("messenger");
    static final PartyId BRAND = Cast.USUAL_MERCHANT;

    /** A merchant that asks about encrypted tags; the budget of one that has asked one-shots is pure epsilon for the month. */
    static final PartyId OTHER_MEMBER = new PartyId("brand-b");

    /** A merchant that has signed nothing. */
    static final PartyId OTHER_BRAND = new PartyId("brand-z");

    /** A platform that has signed nothing. */
    static final PartyId OTHER_PLATFORM = new PartyId("music");

    private final Stage stage;

    Companies(Stage stage) {
        this.stage = stage;
    }

    /** Somebody of a platform. */
    ApiClient platform(PartyId party) {
        return holder(party, Role.PLATFORM, "data-platform");
    }

    /** Somebody of a merchant. */
    ApiClient merchant(PartyId party) {
        return holder(party, Role.MERCHANT, "marketing");
    }

    /** Somebody who acts for this member: merchants are called brands here. */
    ApiClient member(PartyId party) {
        return role(party) == Role.MERCHANT ? merchant(party) : platform(party);
    }

    /** In which role the members of the demonstration's agreements act. */
    static Role role(PartyId party) {
        return party.value().startsWith("brand-") ? Role.MERCHANT : Role.PLATFORM;
    }

    private ApiClient holder(PartyId party, Role role, String department) {
        var issuer = DemoIssuer.of(stage.data());
        var now = stage.shell().clock().instant();
        return stage.client().as(Cast.token(issuer, now, party, role, department));
    }
}
