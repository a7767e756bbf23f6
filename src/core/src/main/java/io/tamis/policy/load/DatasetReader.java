package io.tamis.policy.load;

import io.tamis.data.Clamp;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.ColumnType;
import io.tamis.data.ConsentClass;
import io.tamis.data.DataException;
import io.tamis.data.Dataset;
import io.tamis.data.DatasetId;
import io.tamis.data.DateRange;
import io.tamis.data.DepartmentId;
import io.tamis.data.Flag;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.LabelledBy;
import io.tamis.data.Level;
import io.tamis.data.NationalGrade;
import io.tamis.data.PartyId;
import io.tamis.data.PersonId;
import io.tamis.data.Pia;
import io.tamis.data.Purpose;
import io.tamis.data.Semantic;
import io.tamis.data.Sharing;
import io.tamis.data.Steward;
import io.tamis.data.Unit;
import io.tamis.data.Use;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Reads a dataset file, whose form the schema has checked. An unlabelled column gets the taxonomy's default level. */
final class DatasetReader {
    private static final int NAME_LENGTH_MAX = 64;
    private static final int COLUMNS_MAX = 1000;
    private static final int DOMAIN_MAX = 10_000;
    private static final int DOMAIN_VALUE_LENGTH_MAX = 256;
    private static final int COUNT_MAX = 1 << 20;

    private final String file;
    private final Level unlabelled;
    private final Problems problems;

    DatasetReader(String file, Level unlabelled, Problems problems) {
        this.file = file;
        this.unlabelled = unlabelled;
        this.problems = problems;
    }

    /** The dataset; empty when a problem was added. */
    Optional<Dataset> read(Yaml document) {
        var fields = new JsonFields(document.toJson());
        var pia = part(
                "/pia",
                "is not a valid assessment",
                () -> fields.optionalObject("pia").map(DatasetReader::pia));
        List<Json> items = fields.list("columns", COLUMNS_MAX, item -> item);
        var columns = new ArrayList<Column>();
        for (int i = 0; i < items.size(); i++) {
            column("/columns/" + i, items.get(i)).ifPresent(columns::add);
        }
        if (pia.isEmpty() || columns.size() < items.size()) {
            return Optional.empty();
        }
        return part(
                "",
                "has a column twice, a unit that is no column, or a malformed steward",
                () -> dataset(fields, pia.get(), columns));
    }

    private static Dataset dataset(JsonFields fields, Optional<Pia> pia, List<Column> columns) {
        JsonFields steward = fields.object("steward");
        return new Dataset(
                new DatasetId(fields.string("id", NAME_LENGTH_MAX)),
                new PartyId(fields.string("owner", NAME_LENGTH_MAX)),
                new Steward(
                        new PersonId(steward.string("person", NAME_LENGTH_MAX)),
                        new DepartmentId(steward.string("department", NAME_LENGTH_MAX))),
                fields.constant("nationalGrade", NationalGrade.class),
                fields.optionalConstant("sharing", Sharing.class).orElse(Sharing.COLLABORATION),
                fields.constant("consent", ConsentClass.class),
                pia,
                (int) fields.integer("minUsers", 1, 1_000_000),
                fields.integer("rowCapacity", 1, 1L << 40),
                fields.optionalObject("unit").map(DatasetReader::unit),
                columns);
    }

    private static Pia pia(JsonFields fields) {
        return new Pia(
                fields.string("id", NAME_LENGTH_MAX),
                constants(fields.list("purposes", 32, item -> JsonFields.text(item, 32)), Purpose.class),
                day(fields.string("validUntil", 10)));
    }

    private static Unit unit(JsonFields fields) {
        return new Unit(
                new ColumnName(fields.string("column", NAME_LENGTH_MAX)),
                new Semantic(fields.string("semantic", NAME_LENGTH_MAX)),
                (int) fields.integer("groupsMax", 1, COUNT_MAX),
                (int) fields.integer("rowsMax", 1, COUNT_MAX));
    }

    private Optional<Column> column(String pointer, Json json) {
        var fields = new JsonFields(json);
        Optional<Optional<DateRange>> dateRange = part(
                pointer + "/dateRange",
                "is not a range of days",
                () -> fields.optionalObject("dateRange")
                        .map(range -> new DateRange(day(range.string("from", 10)), day(range.string("to", 10)))));
        Optional<Optional<Clamp>> clamp = part(
                pointer + "/clamp",
                "has min over max",
                () -> fields.optionalObject("clamp")
                        .map(bounds -> new Clamp(bound(bounds, "min"), bound(bounds, "max"))));
        Optional<List<String>> domain = part(
                pointer + "/domain",
                "has a value that is empty, too long or not of the column's type",
                () -> fields.optionalList("domain", DOMAIN_MAX, item -> domainValue(item, type(fields))));
        if (dateRange.isEmpty() || clamp.isEmpty() || domain.isEmpty()) {
            return Optional.empty();
        }
        return part(
                pointer,
                "is not of the documented form",
                () -> column(fields, domain.get(), dateRange.get(), clamp.get()));
    }

    private Column column(
            JsonFields fields, List<String> domain, Optional<DateRange> dateRange, Optional<Clamp> clamp) {
        Optional<Level> label = fields.optionalConstant("level", Level.class);
        LabelledBy labelledBy = fields.constant("labelledBy", LabelledBy.class);
        Level level = label.orElse(unlabelled);
        OptionalInt keyCapacity = small(fields.optionalInteger("keyCapacity", 1, COUNT_MAX));
        List<String> uses = fields.optionalList("uses", 16, item -> JsonFields.text(item, 32));
        boolean declaredKeys = !domain.isEmpty() || dateRange.isPresent();
        return new Column(
                new ColumnName(fields.string("name", NAME_LENGTH_MAX)),
                type(fields),
                (int) fields.optionalInteger("scale", 0, 9).orElse(0),
                level,
                constants(fields.optionalList("flags", 16, item -> JsonFields.text(item, 32)), Flag.class),
                new Semantic(fields.string("semantic", NAME_LENGTH_MAX)),
                label.isEmpty() ? LabelledBy.DEFAULT : labelledBy,
                uses.isEmpty() ? defaultUses(level, declaredKeys, keyCapacity.isPresent()) : constants(uses, Use.class),
                domain,
                dateRange,
                keyCapacity,
                small(fields.optionalInteger("countMax", 1, COUNT_MAX)),
                clamp);
    }

    private static ColumnType type(JsonFields column) {
        return Constants.named(column.string("type", 16).toUpperCase(Locale.ROOT), ColumnType.class);
    }

    private <T> Optional<T> part(String pointer, String message, Supplier<T> value) {
        return problems.reading(new Problem(file, pointer, message), value);
    }

    /** The level's uses, but no group key where nothing bounds the keys: L3 keys are private, L2 keys are either. */
    private static Set<Use> defaultUses(Level level, boolean declaredKeys, boolean keyCapacity) {
        var uses = EnumSet.copyOf(Use.defaultsOf(level));
        boolean keysBounded = keyCapacity || (level == Level.L2 && declaredKeys);
        if (!keysBounded) {
            uses.remove(Use.GROUP_KEY);
        }
        return uses;
    }

    /** A declared value in text form; it must be of the column's type, or two values could be one. */
    private static String domainValue(Json json, ColumnType type) {
        return switch (json) {
            case Json.Str _ when type == ColumnType.STRING -> JsonFields.text(json, DOMAIN_VALUE_LENGTH_MAX);
            case Json.Int(long value) when type == ColumnType.INTEGER -> Long.toString(value);
            case Json.Bool(boolean value) when type == ColumnType.BOOLEAN -> Boolean.toString(value);
            case Json.Str _, Json.Int _, Json.Bool _, Json.Obj _, Json.Arr _, Json.Null _ ->
                throw new DataException(Code.INVALID_REQUEST);
        };
    }

    private static long bound(JsonFields clamp, String name) {
        return clamp.integer(name, -Json.Int.MAGNITUDE_MAX, Json.Int.MAGNITUDE_MAX);
    }

    private static OptionalInt small(OptionalLong value) {
        return value.isPresent() ? OptionalInt.of(Math.toIntExact(value.getAsLong())) : OptionalInt.empty();
    }

    private static <E extends Enum<E>> Set<E> constants(List<String> names, Class<E> type) {
        var constants = EnumSet.noneOf(type);
        names.forEach(name -> constants.add(Constants.named(name, type)));
        return constants;
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }
}
