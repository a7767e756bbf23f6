package io.tamis.cli.tags;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.ColumnName;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.PartyId;
import io.tamis.data.Semantic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The declaration of the platform's dataset, as far as tags need it.
 *
 * @param columns the columns a tag can be made of: numbers with a clamp that may be summed, or be encrypted only
 */
record OwnDataset(
        DatasetId id,
        PartyId owner,
        ColumnName unit,
        Semantic semantic,
        Set<String> names,
        Map<ColumnName, Facts> columns) {
    private static final Set<String> NUMBERS = Set.of("integer", "decimal");
    private static final Set<String> SUMMED = Set.of("ENCRYPTED_ONLY", "AGGREGATE_ONLY", "PUBLIC");

    /** How a column's values are read and bounded. */
    record Facts(int scale, Clamp clamp) {}

    OwnDataset {
        names = Set.copyOf(names);
        columns = Map.copyOf(columns);
    }

    /** The dataset as the service declares it; refused when it has more than one row a person. */
    static OwnDataset of(ApiClient client, DatasetId id) {
        JsonView shown = client.get("/v1/datasets/" + id).orRefused().view();
        try {
            if (shown.at("unit").at("rowsMax").integerOrZero() != 1) {
                throw new ClientException(
                        Code.NO_PRIVACY_UNIT,
                        ExitCode.NO,
                        id + " is not declared with one row a person (unit.rowsMax 1): it cannot have tags");
            }
            var names = new HashMap<String, ColumnName>();
            var columns = new HashMap<ColumnName, Facts>();
            for (JsonView column : shown.at("columns").items()) {
                var name = new ColumnName(column.at("name").text());
                names.put(name.value(), name);
                JsonView clamp = column.at("clamp");
                boolean summed = column.at("uses").items().stream().anyMatch(use -> SUMMED.contains(use.text()));
                if (NUMBERS.contains(column.at("type").text()) && !clamp.isAbsent() && summed) {
                    columns.put(
                            name,
                            new Facts(
                                    (int) column.at("scale").integerOrZero(),
                                    new Clamp(
                                            clamp.at("min").integerOrZero(),
                                            clamp.at("max").integerOrZero())));
                }
            }
            return new OwnDataset(
                    id,
                    new PartyId(shown.at("owner").text()),
                    new ColumnName(shown.at("unit").at("column").text()),
                    new Semantic(shown.at("unit").at("semantic").text()),
                    names.keySet(),
                    columns);
        } catch (DataException strange) {
            throw new ClientException(
                    strange.code(),
                    ExitCode.INTERNAL,
                    "the service declares " + id + " in a way unknown here",
                    strange);
        }
    }

    /** What is declared of a column that can be a tag. */
    Facts taggable(ColumnName column) {
        Facts facts = columns.get(column);
        if (facts == null) {
            throw ClientException.usage("column " + column + " of " + id
                    + " cannot be a tag: it must be a declared number with a clamp, ENCRYPTED_ONLY or AGGREGATE_ONLY");
        }
        return facts;
    }
}
