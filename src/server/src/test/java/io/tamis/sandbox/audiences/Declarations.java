package io.tamis.sandbox.audiences;

import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.ConsentClass;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.DateRange;
import io.tamis.data.DepartmentId;
import io.tamis.data.Json;
import io.tamis.data.LabelledBy;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.NationalGrade;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Semantic;
import io.tamis.data.Sharing;
import io.tamis.data.Steward;
import io.tamis.data.Unit;
import io.tamis.data.Use;
import io.tamis.jobs.PlanRequest;
import io.tamis.privacy.Loss;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Datasets of one person's many or few rows, with a column of every kind that an audience can be made of. */
final class Declarations {
    static final DateRange YEAR = new DateRange(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));
    static final List<String> BANDS = List.of("young", "old", "ancient");
    static final int K = 50;

    private static final Set<Use> ALL = Set.of(Use.GROUP_KEY, Use.FILTER_ONLY, Use.AGGREGATE_ONLY);

    private Declarations() {}

    /** One row a person. */
    static Dataset users(String id) {
        return dataset(id, 1, 100_000);
    }

    /** Many rows a person. */
    static Dataset events(String id) {
        return dataset(id, 1_000, 100_000);
    }

    static Dataset dataset(String id, int rowsMax, long rowCapacity) {
        return dataset(
                id, rowCapacity, Optional.of(new Unit(new ColumnName("phone"), new Semantic("CN_MOBILE"), 1, rowsMax)));
    }

    static Dataset dataset(String id, long rowCapacity, Optional<Unit> unit) {
        return new Dataset(
                new DatasetId(id),
                new PartyId("owner"),
                new Steward(new PersonId("u-1"), new DepartmentId("trade")),
                NationalGrade.GENERAL,
                Sharing.COLLABORATION,
                ConsentClass.SEPARATE,
                Optional.empty(),
                K,
                rowCapacity,
                unit,
                List.of(
                        column("phone", ColumnType.STRING, Level.L4, Set.of(Use.JOIN_ONLY), List.of(), false),
                        column("score", ColumnType.INTEGER, Level.L3, ALL, List.of(), false),
                        column("band", ColumnType.STRING, Level.L2, ALL, BANDS, false),
                        column("day", ColumnType.DATE, Level.L2, ALL, List.of(), true),
                        column("at", ColumnType.TIMESTAMP, Level.L2, ALL, List.of(), true),
                        column("loose", ColumnType.DATE, Level.L2, ALL, List.of(), false),
                        column("closed_on", ColumnType.DATE, Level.L2, Set.of(Use.GROUP_KEY), List.of(), true),
                        column("city", ColumnType.STRING, Level.L2, ALL, List.of(), false),
                        column("habit", ColumnType.STRING, Level.L3, ALL, List.of("a", "b"), false),
                        column("member", ColumnType.BOOLEAN, Level.L2, ALL, List.of(), false),
                        column("plan", ColumnType.STRING, Level.L2, Set.of(Use.FILTER_ONLY), List.of("x"), false),
                        column("secret", ColumnType.STRING, Level.L5, Set.of(Use.DENY), List.of(), false)));
    }

    private static Column column(
            String name, ColumnType type, Level level, Set<Use> uses, List<String> domain, boolean ranged) {
        return new Column(
                new ColumnName(name),
                type,
                0,
                level,
                Set.of(),
                new Semantic("NONE"),
                LabelledBy.STEWARD,
                uses,
                domain,
                ranged ? Optional.of(YEAR) : Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    static PlanRequest request(String params, Dataset... datasets) {
        return request(params, new Loss.Pure(new MicroEpsilon(1_000_000)), others(datasets));
    }

    static PlanRequest request(String params, Loss loss, List<PlanRequest.Input> inputs) {
        return new PlanRequest((Json.Obj) json(params), inputs, true, loss, K);
    }

    /** Datasets that others own. */
    static List<PlanRequest.Input> others(Dataset... datasets) {
        return new ArrayList<>(Arrays.stream(datasets)
                .map(dataset -> new PlanRequest.Input(dataset, 1, dataset.rowsMost(), false, OptionalLong.empty()))
                .toList());
    }

    /** A list of the caller's own, of so many persons. */
    static PlanRequest.Input own(Dataset dataset, long units) {
        return new PlanRequest.Input(dataset, 1, dataset.rowsMost(), true, OptionalLong.of(units));
    }

    /** JSON with single quotes, which Java strings can hold. */
    static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
