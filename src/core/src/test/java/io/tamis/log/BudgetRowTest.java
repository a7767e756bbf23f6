package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Charge;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.DeltaE18;
import io.tamis.data.Json;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PartyId;
import java.time.YearMonth;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetRowTest {
    private static final Charge CHARGE = new Charge(new MicroRho(1250), new DeltaE18(7), new MicroEpsilon(3));

    @Test
    void toJson_ownRow_isTheDocumentedForm() {
        var row = new BudgetRow(
                Optional.of(new DatasetId("cdnow")),
                Optional.of(new PartyId("brand-a")),
                Optional.of(YearMonth.of(2026, 11)),
                CHARGE);
        assertEquals(
                "{\"dataset\":\"cdnow\",\"deltaE18\":7,\"merchant\":\"brand-a\",\"period\":\"2026-11\","
                        + "\"pureEpsilonMicro\":3,\"rhoMicro\":1250}",
                row.toJson().canonical());
        assertEquals(row, BudgetRow.fromJson(row.toJson()));
    }

    @Test
    void toJson_rowOfAll_isStarsAndLifetime() {
        var row = new BudgetRow(Optional.empty(), Optional.empty(), Optional.empty(), CHARGE);
        assertEquals(
                "{\"dataset\":\"*\",\"deltaE18\":7,\"merchant\":\"*\",\"period\":\"LIFETIME\","
                        + "\"pureEpsilonMicro\":3,\"rhoMicro\":1250}",
                row.toJson().canonical());
        assertEquals(row, BudgetRow.fromJson(row.toJson()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026", "2026-13", "2026-1", "lifetime", "*", "2026-11-01"})
    void fromJson_otherPeriods_areRefused(String period) {
        var json = new BudgetRow(Optional.empty(), Optional.empty(), Optional.empty(), CHARGE)
                .toJson()
                .with("period", Json.of(period));
        assertThrows(DataException.class, () -> BudgetRow.fromJson(json));
    }

    @Test
    void fromJson_unknownMissingOrNegative_isRefused() {
        var json = new BudgetRow(Optional.empty(), Optional.empty(), Optional.empty(), CHARGE).toJson();
        assertThrows(DataException.class, () -> BudgetRow.fromJson(json.with("left", Json.of(1))));
        assertThrows(DataException.class, () -> BudgetRow.fromJson(json.without("rhoMicro")));
        assertThrows(DataException.class, () -> BudgetRow.fromJson(json.with("rhoMicro", Json.of(-1))));
        assertThrows(DataException.class, () -> BudgetRow.fromJson(json.with("dataset", Json.of("A B"))));
        assertThrows(DataException.class, () -> BudgetRow.fromJson(Json.of(1)));
    }
}
