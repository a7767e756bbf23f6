package io.tamis.catalog.scan;

import io.tamis.catalog.ScanFile;
import io.tamis.data.Code;
import io.tamis.data.Column;
import io.tamis.data.ColumnName;
import io.tamis.data.Dataset;
import io.tamis.privacy.DpPlan;
import io.tamis.privacy.Measure;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints the scan of a plan: the only SQL that reaches DuckDB. Names come from the declaration and are quoted, literals
 * are bound, the path is ours. It only projects and filters; every column comes out as BIGINT, NULL as
 * {@link Measure#NO_VALUE}, the unit first.
 *
 * <p>What a private dictionary holds must not show in the time a scan takes. So a value it lacks is compared like any other,
 * as a code no row has, and a private column is compared in a form that must be computed row by row: on the bare column DuckDB
 * skips what its statistics rule out.
 */
public final class ScanQuery {
    private static final String NULL = "CAST('" + Measure.NO_VALUE + "' AS BIGINT)";

    /** A unit without number never happens; the kernel refuses what is below its first unit. */
    private static final String UNIT = "coalesce(unit_no, CAST(-1 AS BIGINT))";

    /**
     * A zero that DuckDB cannot take out of a comparison: it simplifies {@code x + 0}, and what reads one column only it can
     * decide from that column's dictionary pages without reading a row.
     */
    private static final String ZERO_OF_EACH_ROW = "coalesce(unit_no, CAST(0 AS BIGINT)) & CAST(0 AS BIGINT)";

    private final Dataset dataset;
    private final Map<ColumnName, Map<String, Integer>> privateCodes = new HashMap<>();
    private final List<ColumnName> columns;
    private final String conditions;
    private final List<Long> literals = new ArrayList<>();

    /** The last code given to a value that its dictionary lacks: each has its own, so that none is dropped as repeated. */
    private long absent;

    /** Translates values of a private column; those that its dictionary lacks are left out. */
    public interface PrivateCodes {
        Map<String, Integer> of(ColumnName column, Set<String> values);
    }

    /** The scan of a plan; {@code privateCodes} is asked once a column. */
    public ScanQuery(DpPlan plan, Dataset dataset, PrivateCodes privateCodes) {
        this.dataset = dataset;
        privateValues(plan).forEach((column, values) -> this.privateCodes.put(column, privateCodes.of(column, values)));
        Set<ColumnName> read = new LinkedHashSet<>();
        plan.groupBy().forEach(key -> read.add(key.column()));
        plan.measures().forEach(measured -> measured.column().ifPresent(read::add));
        this.columns = List.copyOf(read);
        this.conditions = plan.where().stream().map(this::condition).collect(Collectors.joining(" AND "));
    }

    /** The text for one file. */
    String text(Path folder, ScanFile file) {
        String selected = columns.stream().map(name -> ", " + value(name)).collect(Collectors.joining());
        String where = conditions.isEmpty() ? "" : " WHERE " + conditions;
        return "SELECT " + UNIT + selected + " FROM read_parquet(" + path(folder.resolve(file.name())) + ")" + where;
    }

    /** Binds the literals of the text's placeholders. */
    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < literals.size(); i++) {
            statement.setLong(i + 1, literals.get(i));
        }
    }

    /** The position of a column in a result row, from 1; the unit is 1. */
    public int position(ColumnName column) {
        return columns.indexOf(column) + 2;
    }

    /** A quoted path. DuckDB reads these characters as patterns: a folder with one would name other folders too. */
    static String path(Path path) {
        String text = path.toString();
        if (text.chars().anyMatch(c -> "*?[]{}".indexOf(c) >= 0)) {
            throw new ScanException(Code.INTERNAL);
        }
        return "'" + text.replace("'", "''") + "'";
    }

    private String value(ColumnName name) {
        String stored = coded(name) ? "nullif(" + quoted(name) + ", 0)" : quoted(name);
        return "coalesce(CAST(" + stored + " AS BIGINT), " + NULL + ")";
    }

    private String condition(DpPlan.Filter filter) {
        String column = compared(filter.column());
        boolean coded = coded(filter.column());
        return switch (filter.op()) {
            case IN -> in(column, codes(filter));
            case NE -> differs(column, codes(filter), coded);
            case LE -> column + " <= " + bound(codes(filter).getFirst());
            case GE -> column + " >= " + bound(codes(filter).getFirst());
            case IS_NULL -> coded ? column + " = 0" : column + " IS NULL";
            case NOT_NULL -> coded ? column + " <> 0" : column + " IS NOT NULL";
        };
    }

    private String in(String column, List<Long> values) {
        return column + " IN (" + values.stream().map(this::bound).collect(Collectors.joining(", ")) + ")";
    }

    /** As in SQL, NULL differs from nothing. */
    private String differs(String column, List<Long> values, boolean coded) {
        String known = coded ? column + " <> 0" : column + " IS NOT NULL";
        return "(" + known + " AND " + column + " <> " + bound(values.getFirst()) + ")";
    }

    private static Map<ColumnName, Set<String>> privateValues(DpPlan plan) {
        var values = new LinkedHashMap<ColumnName, Set<String>>();
        for (DpPlan.Filter filter : plan.where()) {
            for (DpPlan.Literal literal : filter.literals()) {
                if (literal instanceof DpPlan.Literal.Text(String value)) {
                    values.computeIfAbsent(filter.column(), _ -> new LinkedHashSet<>())
                            .add(value);
                }
            }
        }
        return values;
    }

    private List<Long> codes(DpPlan.Filter filter) {
        return filter.literals().stream()
                .map(literal -> code(filter.column(), literal))
                .toList();
    }

    private long code(ColumnName column, DpPlan.Literal literal) {
        return switch (literal) {
            case DpPlan.Literal.Whole(long value) -> value;
            case DpPlan.Literal.Text(String value) -> {
                Integer code = privateCodes.getOrDefault(column, Map.of()).get(value);
                absent--;
                yield code == null ? absent : code;
            }
        };
    }

    private String bound(long value) {
        literals.add(value);
        return "?";
    }

    private String compared(ColumnName name) {
        boolean secret = StoredForm.of(column(name)) == StoredForm.PRIVATE_CODE;
        return secret ? "xor(CAST(" + quoted(name) + " AS BIGINT), " + ZERO_OF_EACH_ROW + ")" : quoted(name);
    }

    private boolean coded(ColumnName name) {
        return StoredForm.of(column(name)).coded();
    }

    private Column column(ColumnName name) {
        return dataset.column(name).orElseThrow(() -> new ScanException(Code.JOB_FAILED));
    }

    private static String quoted(ColumnName name) {
        return '"' + name.value() + '"';
    }
}
