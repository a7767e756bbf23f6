package io.tamis.privacy;

import io.tamis.data.Clamp;
import io.tamis.data.ColumnName;
import io.tamis.data.DatasetId;
import io.tamis.data.DateRange;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A question over one dataset in canonical form: no names of the merchant's, filters, keys and measures sorted and
 * without duplicates. Two ways to say one thing have one digest, so the second is answered from the cache.
 *
 * @param dataset the dataset, declared in the policy bundle
 * @param where all must hold
 * @param groupBy declared keys
 * @param groupsMax L0 of the dataset's unit
 * @param measures what is summed, USERS first
 */
public record DpPlan(DatasetId dataset, List<Filter> where, List<Key> groupBy, int groupsMax, List<Measured> measures)
        implements Query {
    /** Greatest number of filters. */
    public static final int FILTERS_MAX = 16;

    private static final byte[] DOMAIN = "tamis/dp-plan/v1\0".getBytes(StandardCharsets.UTF_8);

    /** A comparison, reduced to what differs: EQ is IN with one value, LT and GT are LE and GE of a neighbour. */
    public enum Op {
        IN,
        NE,
        LE,
        GE,
        IS_NULL,
        NOT_NULL
    }

    /** A literal of a filter. */
    public sealed interface Literal {
        /** A number: an amount in minor units, an epoch day, epoch microseconds, or a code of a declared domain. */
        record Whole(long value) implements Literal {}

        /** A value of a column whose dictionary is private; translated when the scan is printed. */
        record Text(String value) implements Literal {
            /** Greatest length. */
            public static final int LENGTH_MAX = 256;

            public Text {
                PrivacyException.require(value.length() <= LENGTH_MAX);
            }
        }

        /** The canonical form. */
        default String text() {
            return switch (this) {
                case Whole(long value) -> "i" + value;
                case Text(String value) -> "s" + value;
            };
        }
    }

    /** A condition on one column. */
    public record Filter(ColumnName column, Op op, List<Literal> literals) {
        /** Greatest number of values of one IN. */
        public static final int LITERALS_MAX = 256;

        public Filter {
            Objects.requireNonNull(column);
            literals = literals.stream()
                    .distinct()
                    .sorted(Comparator.comparing(Literal::text))
                    .toList();
            int size = literals.size();
            PrivacyException.require(
                    switch (op) {
                        case IN -> size >= 1 && size <= LITERALS_MAX;
                        case NE -> size == 1;
                        case LE, GE -> size == 1 && literals.getFirst() instanceof Literal.Whole;
                        case IS_NULL, NOT_NULL -> size == 0;
                    });
        }

        Json toJson() {
            return Json.object()
                    .put("column", column.value())
                    .put("op", op.name())
                    .put(
                            "values",
                            Json.strings(literals.stream().map(Literal::text).toList()))
                    .build();
        }
    }

    /** A declared key: the values of a domain, or the periods of a date range. */
    public sealed interface Key {
        /** The column. */
        ColumnName column();

        /** All labels in order. */
        List<String> labels();

        /** The canonical form. */
        Json toJson();

        /** A column with a declared domain. */
        record Listed(ColumnName column, List<String> labels) implements Key {
            public Listed {
                Objects.requireNonNull(column);
                labels = List.copyOf(labels);
                PrivacyException.require(!labels.isEmpty());
            }

            @Override
            public Json toJson() {
                return Json.object()
                        .put("column", column.value())
                        .put("domain", Json.strings(labels))
                        .build();
            }
        }

        /** A date or timestamp column with a declared range, by calendar period. */
        record Dated(ColumnName column, DateFloor floor, DateRange range) implements Key {
            public Dated {
                Objects.requireNonNull(column);
                Objects.requireNonNull(floor);
                Objects.requireNonNull(range);
            }

            @Override
            public List<String> labels() {
                return floor.labels(range);
            }

            @Override
            public Json toJson() {
                return Json.object()
                        .put("column", column.value())
                        .put("floor", floor.name())
                        .put("from", range.from().toString())
                        .put("to", range.to().toString())
                        .build();
            }
        }
    }

    /** A measure and the column it reads; USERS and a plain row count read none. */
    public record Measured(Measure measure, Optional<ColumnName> column) {
        public Measured {
            Objects.requireNonNull(column);
            PrivacyException.require(
                    switch (measure) {
                        case Measure.Users _ -> column.isEmpty();
                        case Measure.Count _ -> true;
                        case Measure.Sum(Clamp _) -> column.isPresent();
                        case Measure.SealedSum _, Measure.SealedCount _ -> false;
                    });
        }

        Json toJson() {
            var json = Json.object().put("measure", measure.toJson());
            column.ifPresent(name -> json.put("column", name.value()));
            return json.build();
        }
    }

    public DpPlan {
        Objects.requireNonNull(dataset);
        where = canonical(where, Filter::toJson);
        groupBy = canonical(groupBy, Key::toJson);
        measures = List.copyOf(measures);
        PrivacyException.require(where.size() <= FILTERS_MAX && groupBy.size() <= Layout.KEYS_MAX && groupsMax >= 1);
        PrivacyException.require(groupBy.stream().map(Key::column).distinct().count() == groupBy.size());
        PrivacyException.require(measures.equals(inOrder(measures)));
        kernelOf(groupBy, groupsMax, measures);
    }

    /** USERS and these measures, each once, in the order a plan has them. */
    public static List<Measured> inOrder(Collection<Measured> measures) {
        var ordered = new ArrayList<Measured>();
        ordered.add(new Measured(new Measure.Users(), Optional.empty()));
        ordered.addAll(canonical(
                measures.stream()
                        .filter(measured -> !(measured.measure() instanceof Measure.Users))
                        .toList(),
                Measured::toJson));
        return List.copyOf(ordered);
    }

    private static <T> List<T> canonical(List<T> parts, Function<T, Json> form) {
        return parts.stream()
                .distinct()
                .sorted(Comparator.comparing(part -> form.apply(part).canonical()))
                .toList();
    }

    private static KernelSpec kernelOf(List<Key> groupBy, int groupsMax, List<Measured> measures) {
        long groups = 1;
        for (Key key : groupBy) {
            groups *= key.labels().size();
            PrivacyException.require(groups <= KernelSpec.GROUPS_MAX);
        }
        return new KernelSpec(
                (int) groups,
                (int) Math.min(groups, groupsMax),
                measures.stream().map(Measured::measure).toList());
    }

    /** What the kernel is to compute. A person cannot be in more groups than there are. */
    public KernelSpec kernel() {
        return kernelOf(groupBy, groupsMax, measures);
    }

    /**
     * Every number the measures give: users, each count and sum, and the mean of each column that has both. Dividing
     * after the noise costs nothing, so a release holds them all whatever its job asked for: a plan has one list of
     * statistics, and a cached release serves every question with this plan.
     */
    public List<Statistic> statistics() {
        var statistics = new ArrayList<Statistic>();
        var means = new ArrayList<Statistic>();
        for (int at = 0; at < measures.size(); at++) {
            switch (measures.get(at).measure()) {
                case Measure.Users _ -> statistics.add(new Statistic.Users());
                case Measure.SealedSum _, Measure.SealedCount _ ->
                    throw new PrivacyException(PrivacyException.Fault.OUT_OF_LIMITS);
                case Measure.Count _ -> statistics.add(new Statistic.Count(at));
                case Measure.Sum _ -> {
                    var sum = new Statistic.Sum(at);
                    statistics.add(sum);
                    countOf(measures.get(at).column())
                            .ifPresent(count -> means.add(new Statistic.Mean(sum, new Statistic.Count(count))));
                }
            }
        }
        statistics.addAll(means);
        return List.copyOf(statistics);
    }

    private OptionalInt countOf(Optional<ColumnName> column) {
        return IntStream.range(1, measures.size())
                .filter(at -> measures.get(at).measure() instanceof Measure.Count
                        && measures.get(at).column().equals(column))
                .findFirst();
    }

    /** The declared keys as a release shows them. */
    public List<GroupKey> keys() {
        return groupBy.stream()
                .map(key -> new GroupKey(key.column().value(), key.labels()))
                .toList();
    }

    /** The canonical form. */
    public Json toJson() {
        return Json.object()
                .put("dataset", dataset.value())
                .put("where", Json.array(where.stream().map(Filter::toJson).toList()))
                .put("groupBy", Json.array(groupBy.stream().map(Key::toJson).toList()))
                .put("groupsMax", Json.of(groupsMax))
                .put(
                        "measures",
                        Json.array(measures.stream().map(Measured::toJson).toList()))
                .build();
    }

    /** SHA-256 of the canonical form; with merchant, snapshot, charge and k it is the key of a cached release. */
    @Override
    public Hash digest() {
        return Hash.sha256(DOMAIN, toJson().canonicalBytes());
    }
}
