package io.tamis.catalog.load;

import io.tamis.data.Clamp;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.ConsentClass;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.DateRange;
import io.tamis.data.DepartmentId;
import io.tamis.data.LabelledBy;
import io.tamis.data.Level;
import io.tamis.data.NationalGrade;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Semantic;
import io.tamis.data.Sharing;
import io.tamis.data.Steward;
import io.tamis.data.Unit;
import io.tamis.data.Use;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Declarations for tests, said in one line a column. */
public final class Declared {
    private final List<Column> columns = new ArrayList<>();
    private final String id;
    private String semantic = "ACCOUNT_ID";
    private int rowsMax = 100;
    private long rowCapacity = 100_000_000;

    private Declared(String id) {
        this.id = id;
    }

    /** A dataset whose unit column is {@code buyer}. */
    public static Declared dataset(String id) {
        return new Declared(id);
    }

    public Declared rowsMax(int max) {
        rowsMax = max;
        return this;
    }

    public Declared rowCapacity(long capacity) {
        rowCapacity = capacity;
        return this;
    }

    public Declared unit(String unitSemantic) {
        semantic = unitSemantic;
        return sealed("buyer", ColumnType.STRING, Level.L4);
    }

    public Declared sealed(String name, ColumnType type, Level level) {
        return column(name, type, 0, level, List.of(), Optional.empty(), OptionalInt.empty());
    }

    /** An integer that its owner gives away encrypted only. */
    public Declared withheld(String name) {
        columns.add(new Column(
                new ColumnName(name),
                ColumnType.INTEGER,
                0,
                Level.L4,
                Set.of(),
                new Semantic("NONE"),
                LabelledBy.STEWARD,
                Set.of(Use.ENCRYPTED_ONLY),
                List.of(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(new Clamp(0, 500))));
        return this;
    }

    public Declared coded(String name, String... domain) {
        return column(name, ColumnType.STRING, 0, Level.L1, List.of(domain), Optional.empty(), OptionalInt.empty());
    }

    public Declared secret(String name, int keyCapacity) {
        return column(name, ColumnType.STRING, 0, Level.L3, List.of(), Optional.empty(), OptionalInt.of(keyCapacity));
    }

    public Declared amount(String name, int scale) {
        var type = scale == 0 ? ColumnType.INTEGER : ColumnType.DECIMAL;
        return column(name, type, scale, Level.L3, List.of(), Optional.empty(), OptionalInt.empty());
    }

    public Declared cappedAmount(String name, int keyCapacity) {
        return column(name, ColumnType.INTEGER, 0, Level.L3, List.of(), Optional.empty(), OptionalInt.of(keyCapacity));
    }

    public Declared date(String name, String from, String to) {
        var range = new DateRange(LocalDate.parse(from), LocalDate.parse(to));
        return column(name, ColumnType.DATE, 0, Level.L2, List.of(), Optional.of(range), OptionalInt.empty());
    }

    public Declared plain(String name, ColumnType type) {
        return column(name, type, 0, Level.L2, List.of(), Optional.empty(), OptionalInt.empty());
    }

    public Column only() {
        return columns.getFirst();
    }

    public Dataset build() {
        return new Dataset(
                new DatasetId(id),
                new PartyId("shop"),
                new Steward(new PersonId("u-1"), new DepartmentId("trade")),
                NationalGrade.GENERAL,
                Sharing.PUBLISHED,
                ConsentClass.SEPARATE,
                Optional.empty(),
                50,
                rowCapacity,
                Optional.of(new Unit(new ColumnName("buyer"), new Semantic(semantic), 3, rowsMax)),
                columns);
    }

    private Declared column(
            String name,
            ColumnType type,
            int scale,
            Level level,
            List<String> domain,
            Optional<DateRange> range,
            OptionalInt keyCapacity) {
        columns.add(new Column(
                new ColumnName(name),
                type,
                scale,
                level,
                Set.of(),
                new Semantic("NONE"),
                LabelledBy.STEWARD,
                level.atLeast(Level.L4) ? Set.of(Use.JOIN_ONLY) : Use.defaultsOf(level),
                domain,
                range,
                keyCapacity,
                OptionalInt.empty(),
                Optional.<Clamp>empty()));
        return this;
    }
}
