package io.tamis.cli;

import io.tamis.cli.client.JsonView;

/** An amount of privacy budget, in the one of the two units that the object around it names. */
final class Price {
    private static final String RHO = "rhoMicro";
    private static final String EPSILON = "epsilonMicro";

    private Price() {}

    /** The amount that this object holds, with its unit. */
    static String of(JsonView priced) {
        return priced.at(EPSILON).isAbsent()
                ? priced.at(RHO).text() + " micro-rho"
                : priced.at(EPSILON).text() + " micro-epsilon";
    }

    /** The mechanism that this object names, with its unit of privacy loss in words; empty when it names none. */
    static String mechanism(JsonView privacy) {
        return switch (privacy.at("mechanism").text()) {
            case "" -> "";
            case "ZCDP_GAUSSIAN" -> ", discrete Gaussian noise (zCDP)";
            case "PURE_LAPLACE" -> ", discrete Laplace noise (pure epsilon)";
            default -> ", " + privacy.at("mechanism").text();
        };
    }
}
