package io.tamis.log;

import io.tamis.data.Charge;
import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.DeltaE18;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;

/**
 * One budget row a {@code budget.*} entry moves, and by how much: never what remains, as that of all merchants together
 * shows rivals' spending. Empty dataset and merchant mean all ({@code *}), an empty period means {@code LIFETIME}.
 */
public record BudgetRow(
        Optional<DatasetId> dataset, Optional<PartyId> merchant, Optional<YearMonth> period, Charge amount) {
    private static final String ALL = "*";
    private static final String LIFETIME = "LIFETIME";

    public BudgetRow {
        Objects.requireNonNull(dataset);
        Objects.requireNonNull(merchant);
        Objects.requireNonNull(period);
        Objects.requireNonNull(amount);
        // A year of more digits or below 0 is not written the way it is read.
        if (period.filter(month -> month.getYear() < 0 || month.getYear() > 9999)
                .isPresent()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** The row as it stands in an entry's {@code rows}. */
    public Json.Obj toJson() {
        return Json.object()
                .put("dataset", dataset.map(DatasetId::value).orElse(ALL))
                .put("merchant", merchant.map(PartyId::value).orElse(ALL))
                .put("period", period.map(YearMonth::toString).orElse(LIFETIME))
                .put("rhoMicro", amount.rho().value())
                .put("deltaE18", amount.delta().value())
                .put("pureEpsilonMicro", amount.pureEpsilon().value())
                .build();
    }

    /** Reads what {@link #toJson} wrote, strictly. */
    public static BudgetRow fromJson(Json json) {
        var fields = new JsonFields(json);
        var row = new BudgetRow(
                unlessAll(fields.string("dataset", 64)).map(DatasetId::new),
                unlessAll(fields.string("merchant", 64)).map(PartyId::new),
                period(fields.string("period", 8)),
                new Charge(
                        new MicroRho(fields.integer("rhoMicro", 0, MicroRho.VALUE_MAX)),
                        new DeltaE18(fields.integer("deltaE18", 0, DeltaE18.VALUE_MAX)),
                        new MicroEpsilon(fields.integer("pureEpsilonMicro", 0, MicroEpsilon.VALUE_MAX))));
        fields.end();
        return row;
    }

    private static Optional<String> unlessAll(String text) {
        return text.equals(ALL) ? Optional.empty() : Optional.of(text);
    }

    private static Optional<YearMonth> period(String text) {
        if (text.equals(LIFETIME)) {
            return Optional.empty();
        }
        try {
            return Optional.of(YearMonth.parse(text));
        } catch (DateTimeParseException notAMonth) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
