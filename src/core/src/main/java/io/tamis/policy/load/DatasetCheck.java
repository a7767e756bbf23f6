package io.tamis.policy.load;

import io.tamis.data.Clamp;
import io.tamis.data.Column;
import io.tamis.data.Dataset;
import io.tamis.data.LabelledBy;
import io.tamis.data.Level;
import io.tamis.data.Unit;
import io.tamis.data.Use;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Checks a dataset against the taxonomy and against itself: what a schema cannot say. */
final class DatasetCheck {
    /** Exact sums are 64-bit integers; everything a scan can add up must stay below this. */
    private static final BigInteger SUM_MAX = BigInteger.ONE.shiftLeft(62);

    private final String file;
    private final Taxonomy taxonomy;
    private final Problems problems;

    DatasetCheck(String file, Taxonomy taxonomy, Problems problems) {
        this.file = file;
        this.taxonomy = taxonomy;
        this.problems = problems;
    }

    void check(Dataset dataset) {
        if (!file.equals("datasets/" + dataset.id().value() + ".yaml")) {
            problems.add(file, "/id", "is not the name of the file");
        }
        List<Column> columns = dataset.columns();
        for (int i = 0; i < columns.size(); i++) {
            String pointer = "/columns/" + i;
            Column column = columns.get(i);
            labels(pointer, column);
            domain(pointer, column);
            dataset.unit().ifPresent(unit -> sums(pointer, column, dataset, unit));
        }
        dataset.unit().ifPresent(unit -> unit(dataset, unit));
    }

    private void labels(String pointer, Column column) {
        Level floor = taxonomy.floor(column.flags(), column.semantic());
        if (!column.level().atLeast(floor)) {
            problems.add(file, pointer + "/level", column.level() + " is below the floor " + floor);
        }
        if (column.labelledBy() == LabelledBy.DEFAULT && column.level() != taxonomy.unlabelled()) {
            problems.add(file, pointer + "/level", "is not the default level, so somebody must have labelled it");
        }
        if (!rights(column.level()).containsAll(column.uses())) {
            problems.add(file, pointer + "/uses", "go beyond what " + column.level() + " allows");
        }
        if (column.isWithheld() && column.uses().size() > 1) {
            problems.add(file, pointer + "/uses", "ENCRYPTED_ONLY stands alone: such a column is never uploaded");
        }
        boolean privateKey = column.uses().contains(Use.GROUP_KEY) && column.level() == Level.L3;
        if (privateKey && column.keyCapacity().isEmpty()) {
            problems.add(file, pointer + "/keyCapacity", "is needed: an L3 key is selected privately");
        }
    }

    /** The widest uses of a level (docs/policies.md). */
    private static Set<Use> rights(Level level) {
        return switch (level) {
            case L1 -> EnumSet.allOf(Use.class);
            case L2, L3 -> EnumSet.of(Use.GROUP_KEY, Use.FILTER_ONLY, Use.AGGREGATE_ONLY, Use.ENCRYPTED_ONLY, Use.DENY);
            case L4 -> EnumSet.of(Use.JOIN_ONLY, Use.ENCRYPTED_ONLY, Use.DENY);
            case L5 -> EnumSet.of(Use.JOIN_ONLY, Use.DENY);
        };
    }

    private void domain(String pointer, Column column) {
        if (column.domain().stream().distinct().count() < column.domain().size()) {
            problems.add(file, pointer + "/domain", "holds a value twice");
        }
    }

    private void unit(Dataset dataset, Unit unit) {
        Column column = dataset.column(unit.column()).orElseThrow();
        if (!column.level().atLeast(Level.L4) || !column.uses().equals(Set.of(Use.JOIN_ONLY))) {
            problems.add(file, "/unit/column", "is not an L4 or L5 column for JOIN_ONLY");
        }
        if (!column.semantic().equals(unit.semantic())) {
            problems.add(file, "/unit/semantic", "differs from that of its column");
        }
    }

    /** rowCapacity x L0 x bound and rowsMax x bound stay below 2^62, or a sum could overflow depending on the data. */
    private void sums(String pointer, Column column, Dataset dataset, Unit unit) {
        long magnitude = column.clamp().map(Clamp::magnitude).orElse(0L);
        long bound = Math.max(1, Math.max(magnitude, column.countMax().orElse(1)));
        BigInteger rows = BigInteger.valueOf(dataset.rowCapacity()).multiply(BigInteger.valueOf(unit.groupsMax()));
        BigInteger most = rows.max(BigInteger.valueOf(unit.rowsMax()));
        if (most.multiply(BigInteger.valueOf(bound)).compareTo(SUM_MAX) >= 0) {
            problems.add(file, pointer, "could overflow a sum: rowCapacity x groupsMax x bound reaches 2^62");
        }
    }
}
