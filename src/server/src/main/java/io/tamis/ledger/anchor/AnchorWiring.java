package io.tamis.ledger.anchor;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How often, how patiently and how dearly, as the operator has written it. */
@Singleton
class AnchorWiring {
    private static final BigInteger WEI_PER_GWEI = BigInteger.valueOf(1_000_000_000);

    @Produces
    @Singleton
    Pace pace(
            InstantSource clock,
            @ConfigProperty(name = "tamis.anchor.interval", defaultValue = "10S") Duration interval,
            @ConfigProperty(name = "tamis.anchor.replace-after", defaultValue = "30S") Duration replaceAfter,
            @ConfigProperty(name = "tamis.anchor.fee-max-gwei", defaultValue = "500") long gweiMax) {
        return new Pace(
                clock, interval, replaceAfter, BigInteger.valueOf(gweiMax).multiply(WEI_PER_GWEI));
    }
}
