package io.tamis.server;

import io.agroal.api.AgroalDataSource;
import io.tamis.crypto.BcfksKeyProvider;
import io.tamis.crypto.KeyProvider;
import io.tamis.crypto.SystemRandom;
import io.tamis.data.Code;
import io.tamis.data.IdSource;
import io.tamis.data.RandomSource;
import io.tamis.data.TimeOrderedIds;
import io.tamis.privacy.ExactNoise;
import io.tamis.privacy.Noise;
import io.tamis.privacy.SecureBits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** The things that everything shares: database, clock, randomness, ids, keys. */
@Singleton
class Wiring {
    @Produces
    @Singleton
    Jdbi jdbi(AgroalDataSource dataSource) {
        // Statements have parameters, and parameters are data: an exception's text must not repeat them.
        return Jdbi.create(dataSource)
                .configure(StatementExceptions.class, errors -> errors.setMessageRendering(MessageRendering.NONE));
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    RandomSource random() {
        return new SystemRandom();
    }

    @Produces
    @Singleton
    IdSource ids(InstantSource clock, RandomSource random) {
        return new TimeOrderedIds(clock, random);
    }

    @Produces
    @Singleton
    KeyProvider keys(
            @ConfigProperty(name = "tamis.keys.file") Path file,
            @ConfigProperty(name = "tamis.keys.password-file") Path password) {
        try {
            return BcfksKeyProvider.open(file, KeyFiles.password(password));
        } catch (IOException unreadable) {
            throw new StartRefused(Code.KEYS_MISSING, "The password file cannot be read.");
        }
    }

    @Produces
    @Singleton
    Noise noise(RandomSource random) {
        return new ExactNoise(new SecureBits(random));
    }
}
