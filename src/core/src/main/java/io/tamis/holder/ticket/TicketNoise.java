package io.tamis.holder.ticket;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.privacy.GaussianVariance;
import io.tamis.privacy.LaplaceScale;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Mechanism;
import io.tamis.privacy.Spread;
import io.tamis.privacy.SpreadSum;
import java.math.BigInteger;
import java.util.Objects;

/**
 * The noise that each active holder adds, in full, to each opened number, and what that noise costs.
 *
 * @param loss the price of the sum measure alone; the persons' counts have prices of their own within the charge
 * @param spread variance of the discrete Gaussian, or scale of the discrete Laplace, as {@link Loss#spread} of the
 *     ticket's bounds gives it
 */
public record TicketNoise(Loss loss, Spread spread) {
    private static final int DIGITS_MAX = 80;

    public TicketNoise {
        Objects.requireNonNull(loss);
        Objects.requireNonNull(spread);
        boolean fits = switch (loss) {
            case Loss.Zcdp _ -> spread instanceof GaussianVariance;
            case Loss.Pure _ -> spread instanceof LaplaceScale;
        };
        if (!fits || loss.micro() < 1) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The noise that this loss buys for sums of these bounds. */
    public static TicketNoise of(Loss loss, TicketBounds bounds) {
        return new TicketNoise(loss, loss.spread(bounds.measure(), bounds.groupsMax()));
    }

    Json.Obj toJson() {
        var json = Json.object().put("mechanism", loss.mechanism().name()).put("lossMicro", loss.micro());
        return switch (spread) {
            case GaussianVariance(var numerator, var denominator) ->
                json.put("numerator", numerator.toString())
                        .put("denominator", denominator.toString())
                        .build();
            case LaplaceScale(var numerator, var denominator) ->
                json.put("numerator", numerator.toString())
                        .put("denominator", denominator.toString())
                        .build();
            // One holder's own noise is never a sum; the constructor has seen to it.
            case SpreadSum _ -> throw new DataException(Code.INVALID_REQUEST);
        };
    }

    static TicketNoise fromJson(Json json) {
        var fields = new JsonFields(json);
        Mechanism mechanism = fields.constant("mechanism", Mechanism.class);
        Loss loss = mechanism.loss(fields.integer("lossMicro", 1, Json.Int.MAGNITUDE_MAX));
        BigInteger numerator = positive(fields.string("numerator", DIGITS_MAX));
        BigInteger denominator = positive(fields.string("denominator", DIGITS_MAX));
        fields.end();
        return new TicketNoise(
                loss,
                switch (mechanism) {
                    case ZCDP_GAUSSIAN -> new GaussianVariance(numerator, denominator);
                    case PURE_LAPLACE -> new LaplaceScale(numerator, denominator);
                });
    }

    private static BigInteger positive(String digits) {
        if (!digits.matches("[1-9][0-9]*")) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new BigInteger(digits);
    }
}
