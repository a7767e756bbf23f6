package io.tamis.sandbox;

import io.tamis.data.Clamp;
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
import io.tamis.data.MicroRho;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A dataset with a column of every kind. Three groups a person (L0), five rows counted, amounts from 0 to 5.00. */
public final class ShopDeclaration {
    static final DateRange RANGE = new DateRange(LocalDate.of(1997, 1, 1), LocalDate.of(1998, 6, 30));
    static final int GROUPS_MAX = 3;
    static final Clamp AMOUNT = new Clamp(0, 500);
    static final Clamp BALANCE = new Clamp(-100, 40);
    static final List<String> CHANNELS = List.of("web", "shop", "phone");
    static final List<String> SIZES = List.of("10", "-3", "5");

    private static final Set<Use> ALL = Set.of(Use.GROUP_KEY, Use.FILTER_ONLY, Use.AGGREGATE_ONLY);

    private ShopDeclaration() {}

    public static Dataset dataset() {
        return dataset(100_000, Optional.of(unit(GROUPS_MAX)));
    }

    static Dataset dataset(long rowCapacity, Optional<Unit> unit) {
        return new Dataset(
                new DatasetId("shop"),
                new PartyId("owner"),
                new Steward(new PersonId("u-1"), new DepartmentId("trade")),
                NationalGrade.GENERAL,
                Sharing.PUBLISHED,
                ConsentClass.SEPARATE,
                Optional.empty(),
                50,
                rowCapacity,
                unit,
                columns());
    }

    static Unit unit(int groupsMax) {
        return new Unit(new ColumnName("buyer"), new Semantic("ACCOUNT_ID"), groupsMax, 20_000);
    }

    private static List<Column> columns() {
        return List.of(
                of("buyer", ColumnType.STRING, Level.L4, Set.of(Use.JOIN_ONLY))
                        .counted(5)
                        .column(),
                of("amount", ColumnType.DECIMAL, Level.L3, Set.of(Use.AGGREGATE_ONLY, Use.FILTER_ONLY))
                        .clamped(AMOUNT)
                        .column(),
                of("balance", ColumnType.INTEGER, Level.L3, ALL)
                        .clamped(BALANCE)
                        .counted(2)
                        .column(),
                of("day", ColumnType.DATE, Level.L2, ALL).ranged().column(),
                of("at", ColumnType.TIMESTAMP, Level.L2, ALL).ranged().column(),
                of("loose", ColumnType.DATE, Level.L2, ALL).column(),
                of("channel", ColumnType.STRING, Level.L1, Set.of(Use.PUBLIC))
                        .domain(CHANNELS)
                        .column(),
                of("vip", ColumnType.BOOLEAN, Level.L2, ALL).column(),
                of("size", ColumnType.INTEGER, Level.L2, ALL).domain(SIZES).column(),
                of("city", ColumnType.STRING, Level.L2, ALL).column(),
                of("band", ColumnType.STRING, Level.L3, ALL)
                        .domain(List.of("low", "high"))
                        .column(),
                of("note", ColumnType.STRING, Level.L2, Set.of(Use.FILTER_ONLY))
                        .domain(List.of("x"))
                        .column(),
                of("points", ColumnType.INTEGER, Level.L3, Set.of(Use.AGGREGATE_ONLY))
                        .column(),
                of("zero", ColumnType.INTEGER, Level.L3, ALL)
                        .clamped(new Clamp(0, 0))
                        .column(),
                of("huge", ColumnType.INTEGER, Level.L3, ALL)
                        .clamped(new Clamp(0, (1L << 53) - 1))
                        .column(),
                of("hidden", ColumnType.INTEGER, Level.L2, Set.of(Use.DENY)).column(),
                of("phone_no", ColumnType.STRING, Level.L4, Set.of(Use.JOIN_ONLY))
                        .column(),
                of("friends", ColumnType.INTEGER, Level.L4, Set.of(Use.ENCRYPTED_ONLY))
                        .clamped(AMOUNT)
                        .column(),
                of("resident_id", ColumnType.STRING, Level.L5, Set.of(Use.DENY)).column());
    }

    static PlanRequest request(String params) {
        return request(params, dataset(), 10_000);
    }

    static PlanRequest request(String params, Dataset dataset, long rho) {
        return request(params, dataset, dataset.rowsMost(), rho);
    }

    static PlanRequest request(String params, Dataset dataset, long rowsMost, long rho) {
        var input = new PlanRequest.Input(dataset, 1, rowsMost, false, OptionalLong.empty());
        return new PlanRequest((Json.Obj) json(params), List.of(input), false, new Loss.Zcdp(new MicroRho(rho)), 50);
    }

    /** JSON with single quotes, which Java strings can hold. */
    static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static Declared of(String name, ColumnType type, Level level, Set<Use> uses) {
        return new Declared(
                name, type, level, uses, List.of(), Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    private record Declared(
            String name,
            ColumnType type,
            Level level,
            Set<Use> uses,
            List<String> domain,
            Optional<DateRange> range,
            OptionalInt countMax,
            Optional<Clamp> clamp) {
        Declared counted(int max) {
            return new Declared(name, type, level, uses, domain, range, OptionalInt.of(max), clamp);
        }

        Declared clamped(Clamp bounds) {
            return new Declared(name, type, level, uses, domain, range, countMax, Optional.of(bounds));
        }

        Declared ranged() {
            return new Declared(name, type, level, uses, domain, Optional.of(RANGE), countMax, clamp);
        }

        Declared domain(List<String> values) {
            return new Declared(name, type, level, uses, values, range, countMax, clamp);
        }

        Column column() {
            return new Column(
                    new ColumnName(name),
                    type,
                    type == ColumnType.DECIMAL ? 2 : 0,
                    level,
                    Set.of(),
                    new Semantic("NONE"),
                    LabelledBy.STEWARD,
                    uses,
                    domain,
                    range,
                    OptionalInt.empty(),
                    countMax,
                    clamp);
        }
    }
}
