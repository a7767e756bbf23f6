package io.tamis.server;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A setting that is read before Quarkus' own configuration exists: a system property, else the environment variable. */
record Setting(String property) {
    static final Setting PROFILE = new Setting("quarkus.profile");
    static final Setting JDBC_URL = new Setting("quarkus.datasource.jdbc.url");
    static final Setting HOST = new Setting("quarkus.http.host");
    static final Setting PORT = new Setting("quarkus.http.port");
    static final Setting DATA = new Setting("tamis.data");
    static final Setting POLICIES = new Setting("tamis.policies");
    static final Setting LEDGER_NAME = new Setting("tamis.ledger.name");
    static final Setting KEYS_FILE = new Setting("tamis.keys.file");
    static final Setting KEYS_PASSWORD_FILE = new Setting("tamis.keys.password-file");
    static final Setting HE_KERNEL = new Setting("tamis.he.kernel");
    static final Setting ISSUER = new Setting("mp.jwt.verify.issuer");
    static final Setting ISSUER_KEYS = new Setting("mp.jwt.verify.publickey.location");
    static final Setting ISSUER_KEY = new Setting("mp.jwt.verify.publickey");

    /** The name of the environment variable, as MicroProfile Config spells it. */
    String variable() {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    Optional<String> value(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        return Optional.ofNullable(properties.apply(property))
                .or(() -> Optional.ofNullable(environment.apply(variable())))
                .filter(value -> !value.isBlank());
    }
}
