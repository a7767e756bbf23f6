package io.tamis.catalog;

import io.tamis.data.Column;
import io.tamis.data.Dataset;
import io.tamis.data.Json;
import java.util.Locale;

/** A dataset's declaration as it stands in answers, in the words of {@code policies/datasets}. All of it is public. */
final class Declaration {
    private Declaration() {}

    static Json.Obj of(Dataset dataset) {
        var json = Json.object()
                .put("id", dataset.id().value())
                .put("owner", dataset.owner().value())
                .put("nationalGrade", dataset.nationalGrade().name())
                .put("sharing", dataset.sharing().name())
                .put("consent", dataset.consent().name())
                .put("minUsers", dataset.minUsers())
                .put("rowCapacity", dataset.rowCapacity());
        dataset.pia()
                .ifPresent(pia -> json.put(
                        "pia",
                        Json.object()
                                .put("id", pia.id())
                                .put(
                                        "purposes",
                                        Json.strings(pia.purposes().stream()
                                                .map(Enum::name)
                                                .sorted()
                                                .toList()))
                                .put("validUntil", pia.validUntil().toString())
                                .build()));
        dataset.unit()
                .ifPresent(unit -> json.put(
                        "unit",
                        Json.object()
                                .put("column", unit.column().value())
                                .put("semantic", unit.semantic().value())
                                .put("groupsMax", unit.groupsMax())
                                .put("rowsMax", unit.rowsMax())
                                .build()));
        return json.put(
                        "columns",
                        Json.array(
                                dataset.columns().stream().map(Declaration::of).toList()))
                .build();
    }

    private static Json.Obj of(Column column) {
        var json = Json.object()
                .put("name", column.name().value())
                .put("type", column.type().name().toLowerCase(Locale.ROOT))
                .put("scale", column.scale())
                .put("level", column.level().name())
                .put("semantic", column.semantic().value())
                .put(
                        "flags",
                        Json.strings(
                                column.flags().stream().map(Enum::name).sorted().toList()))
                .put(
                        "uses",
                        Json.strings(
                                column.uses().stream().map(Enum::name).sorted().toList()));
        if (!column.domain().isEmpty()) {
            json.put("domain", Json.strings(column.domain()));
        }
        column.dateRange()
                .ifPresent(range -> json.put(
                        "dateRange",
                        Json.object()
                                .put("from", range.from().toString())
                                .put("to", range.to().toString())
                                .build()));
        column.keyCapacity().ifPresent(capacity -> json.put("keyCapacity", capacity));
        column.countMax().ifPresent(max -> json.put("countMax", max));
        column.clamp()
                .ifPresent(clamp -> json.put(
                        "clamp",
                        Json.object()
                                .put("min", clamp.min())
                                .put("max", clamp.max())
                                .build()));
        return json.build();
    }
}
