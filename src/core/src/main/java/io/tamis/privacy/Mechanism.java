package io.tamis.privacy;

import io.tamis.data.Charge;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;

/** How numbers get their noise, and the unit their price is in. Names as in a job's {@code privacy.mechanism}. */
public enum Mechanism {
    /** Discrete Gaussian noise, paid in micro-rho of zCDP: many questions, many measures. */
    ZCDP_GAUSSIAN("rhoMicro"),
    /** Discrete Laplace noise, paid in micro-epsilon of pure differential privacy: the one-shot. */
    PURE_LAPLACE("epsilonMicro");

    private final String amount;

    Mechanism(String amount) {
        this.amount = amount;
    }

    /** The member that holds the amount, in requests and answers. */
    public String amount() {
        return amount;
    }

    /** So many millionths of this mechanism's unit. */
    public Loss loss(long micro) {
        return switch (this) {
            case ZCDP_GAUSSIAN -> new Loss.Zcdp(new MicroRho(micro));
            case PURE_LAPLACE -> new Loss.Pure(new MicroEpsilon(micro));
        };
    }

    /** What of a charge or a cap is in this mechanism's unit, in millionths. */
    public long amountOf(Charge charge) {
        return switch (this) {
            case ZCDP_GAUSSIAN -> charge.rho().value();
            case PURE_LAPLACE -> charge.pureEpsilon().value();
        };
    }
}
