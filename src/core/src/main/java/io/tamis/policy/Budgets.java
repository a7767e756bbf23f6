package io.tamis.policy;

import io.tamis.data.Charge;
import java.util.Objects;

/**
 * The caps of every budget row (docs/privacy.md), per dataset family and for a collaboration.
 *
 * @param merchantMonth one merchant on one family in one month
 * @param merchantLifetime one merchant on one family, ever
 * @param allMonth all merchants on one family in one month: stops colluders
 * @param allLifetime all merchants on one family, ever: the guarantee a person has
 * @param collaborationLifetime all families of one collaboration, ever
 */
public record Budgets(
        Charge merchantMonth,
        Charge merchantLifetime,
        Charge allMonth,
        Charge allLifetime,
        Charge collaborationLifetime) {
    public Budgets {
        Objects.requireNonNull(merchantMonth);
        Objects.requireNonNull(merchantLifetime);
        Objects.requireNonNull(allMonth);
        Objects.requireNonNull(allLifetime);
        Objects.requireNonNull(collaborationLifetime);
    }
}
