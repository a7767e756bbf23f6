package io.tamis.catalog.parquet;

import static io.tamis.catalog.parquet.ParquetException.require;

import io.tamis.catalog.parquet.ColumnKind.Resolution;
import java.util.ArrayList;
import java.util.List;

/** Reads the schema of the footer (parquet.thrift, SchemaElement): a root and its children; nested ones are Unread. */
final class SchemaReader {
    /** Greatest number of elements, nested ones among them. */
    static final int ELEMENTS_MAX = 10_000;

    private static final int REQUIRED = 0;
    private static final int OPTIONAL = 1;

    /** No number of the enumeration Type. */
    private static final int NONE = -1;

    /** No number of the enumeration ConvertedType. */
    private static final int NO_CONVERSION = -1;

    /** Numbers of ConvertedType. */
    private static final int UTF8 = 0;

    private static final int ENUM = 4;
    private static final int DECIMAL = 5;
    private static final int DATE = 6;
    private static final int TIMESTAMP_MILLIS = 9;
    private static final int TIMESTAMP_MICROS = 10;
    private static final int UINT_8 = 11;
    private static final int INT_8 = 15;
    private static final int INT_64 = 18;

    /** Decimals of more digits have values that cannot be ours. */
    private static final int SCALE_MAX = 38;

    private static final int WIDTH_MAX = 64;

    private final Thrift in;

    private SchemaReader(Thrift in) {
        this.in = in;
    }

    /** Reads the list that is next. */
    static List<ParquetColumn> read(Thrift in) {
        int count = in.structs();
        require(count > 1);
        if (count > ELEMENTS_MAX) {
            throw ParquetException.tooLarge();
        }
        var elements = new ArrayList<Element>();
        for (int i = 0; i < count; i++) {
            elements.add(new SchemaReader(in).element());
        }
        return columns(elements);
    }

    private static List<ParquetColumn> columns(List<Element> elements) {
        var columns = new ArrayList<ParquetColumn>();
        int at = 1;
        for (int child = 0; child < elements.getFirst().children; child++) {
            require(at < elements.size());
            columns.add(elements.get(at).column());
            at = behind(elements, at);
        }
        require(at == elements.size());
        return columns;
    }

    /** The position behind an element and all that is below it. */
    private static int behind(List<Element> elements, int from) {
        int at = from;
        for (long open = 1; open > 0; open--) {
            require(at < elements.size());
            open += elements.get(at++).children;
        }
        return at;
    }

    private Element element() {
        var element = new Element();
        in.enter();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> element.physical = in.natural();
                case 2 -> element.width = in.natural();
                case 3 -> element.repetition = in.natural();
                case 4 -> element.name = in.text();
                case 5 -> element.children = in.natural();
                case 6 -> element.converted = in.natural();
                case 7 -> element.scale = in.natural();
                case 10 -> logicalType(element);
                default -> in.skip();
            }
        }
        return element;
    }

    /** The union LogicalType; it is what counts when both it and a ConvertedType are there. */
    private void logicalType(Element element) {
        element.annotated = true;
        in.struct();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1, 4 -> {
                    element.logical = new ColumnKind.Text();
                    in.skip();
                }
                case 5 -> element.logical = new ColumnKind.Decimal(decimalScale());
                case 6 -> {
                    element.logical = new ColumnKind.Day();
                    in.skip();
                }
                case 8 -> element.logical = timestamp();
                case 10 -> element.logical = integer();
                default -> in.skip();
            }
        }
    }

    private ColumnKind integer() {
        boolean signed = false;
        in.struct();
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 2) {
                signed = in.bool();
            } else {
                in.skip();
            }
        }
        return new ColumnKind.Whole(signed);
    }

    private int decimalScale() {
        int scale = 0;
        in.struct();
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 1) {
                scale = in.natural();
            } else {
                in.skip();
            }
        }
        return scale;
    }

    /** A timestamp that is not adjusted to UTC is a local time: no instant. */
    private ColumnKind timestamp() {
        boolean utc = false;
        ColumnKind moment = new ColumnKind.Unread();
        in.struct();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> utc = in.bool();
                case 2 -> moment = resolution();
                default -> in.skip();
            }
        }
        return utc ? moment : new ColumnKind.Unread();
    }

    private ColumnKind resolution() {
        ColumnKind moment = new ColumnKind.Unread();
        in.struct();
        for (int field = in.next(); field != 0; field = in.next()) {
            moment = switch (field) {
                case 1 -> new ColumnKind.Moment(Resolution.MILLIS);
                case 2 -> new ColumnKind.Moment(Resolution.MICROS);
                case 3 -> new ColumnKind.Moment(Resolution.NANOS);
                default -> new ColumnKind.Unread();
            };
            in.skip();
        }
        return moment;
    }

    /** An element while it is read. */
    private static final class Element {
        private String name = "";
        private int physical = NONE;
        private int width;
        private int repetition = REQUIRED;
        private int children;
        private int converted = NO_CONVERSION;
        private int scale;
        private boolean annotated;
        private ColumnKind logical = new ColumnKind.Unread();

        ParquetColumn column() {
            boolean leaf = children == 0 && (repetition == REQUIRED || repetition == OPTIONAL);
            if (!leaf) {
                return new ParquetColumn(name, new ColumnKind.Unread(), Physical.BYTE_ARRAY, 0, true);
            }
            var type = Physical.of(physical);
            require((type != Physical.FIXED_LEN_BYTE_ARRAY) || (width > 0 && width <= WIDTH_MAX));
            var meant = annotated ? logical : converted(type);
            return new ParquetColumn(
                    name, fits(meant, type) ? meant : new ColumnKind.Unread(), type, width, repetition == OPTIONAL);
        }

        private ColumnKind converted(Physical type) {
            return switch (converted) {
                case UTF8, ENUM -> new ColumnKind.Text();
                case DECIMAL -> new ColumnKind.Decimal(scale);
                case DATE -> new ColumnKind.Day();
                // Without a LogicalType these are adjusted to UTC (LogicalTypes.md, "Deprecated timestamp
                // ConvertedType").
                case TIMESTAMP_MILLIS -> new ColumnKind.Moment(Resolution.MILLIS);
                case TIMESTAMP_MICROS -> new ColumnKind.Moment(Resolution.MICROS);
                case NO_CONVERSION -> plain(type);
                default ->
                    converted >= UINT_8 && converted <= INT_64
                            ? new ColumnKind.Whole(converted >= INT_8)
                            : new ColumnKind.Unread();
            };
        }

        private static ColumnKind plain(Physical type) {
            return switch (type) {
                case BOOLEAN -> new ColumnKind.Truth();
                case INT32, INT64 -> new ColumnKind.Whole(true);
                case INT96, FLOAT, DOUBLE, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> new ColumnKind.Unread();
            };
        }

        /** True when values of this physical type can be of that kind. */
        private static boolean fits(ColumnKind kind, Physical type) {
            return switch (kind) {
                case ColumnKind.Text _ -> type == Physical.BYTE_ARRAY;
                case ColumnKind.Whole _ -> type == Physical.INT32 || type == Physical.INT64;
                case ColumnKind.Decimal(int scale) ->
                    scale <= SCALE_MAX
                            && (type == Physical.INT32
                                    || type == Physical.INT64
                                    || type == Physical.BYTE_ARRAY
                                    || type == Physical.FIXED_LEN_BYTE_ARRAY);
                case ColumnKind.Day _ -> type == Physical.INT32;
                case ColumnKind.Moment _ -> type == Physical.INT64;
                case ColumnKind.Truth _ -> type == Physical.BOOLEAN;
                case ColumnKind.Unread _ -> true;
            };
        }
    }
}
