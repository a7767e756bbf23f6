package io.tamis.sandbox.audiences;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.link.LinkException;
import io.tamis.catalog.scan.Deadline;
import io.tamis.catalog.scan.ScanException;
import io.tamis.catalog.scan.UnitIndex;
import io.tamis.catalog.scan.UnitScan;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import io.tamis.jobs.ScanInputs;
import io.tamis.privacy.DpPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The datasets of one scan, in canonical order: what is kept of each person of each, then the join over all. Memory is a
 * byte or a few for each person; nothing of a row is kept but whether, or how often, there was one.
 */
final class AudienceScan {
    private final Catalog catalog;
    private final Function<DatasetId, PersonLinks> links;
    private final Deadline deadline;
    private final List<DatasetId> datasets;
    private final List<Snapshot> snapshots;
    private final List<UnitIndex> indexes;
    private final List<byte[]> marks;

    AudienceScan(Catalog catalog, ScanInputs inputs, List<DatasetId> datasets) {
        this(catalog, inputs, datasets, dataset -> PersonLinks.of(inputs.links().open(dataset)));
    }

    /** The links of a dataset are opened only to join, and closed then. */
    AudienceScan(Catalog catalog, ScanInputs inputs, List<DatasetId> datasets, Function<DatasetId, PersonLinks> links) {
        this.catalog = catalog;
        this.links = links;
        this.deadline = Deadline.in(inputs.limits().timeout());
        this.datasets = List.copyOf(datasets);
        this.snapshots = datasets.stream().map(inputs::snapshot).toList();
        this.indexes = snapshots.stream().map(UnitIndex::of).toList();
        if (indexes.stream().mapToLong(UnitIndex::units).sum() > UnitIndex.UNITS_MAX) {
            throw new ScanException(Code.JOB_FAILED);
        }
        this.marks = indexes.stream().map(index -> new byte[index.units()]).toList();
    }

    /** The position of a dataset. */
    int side(DatasetId dataset) {
        return datasets.indexOf(dataset);
    }

    /** What the join keeps of a side's persons, the bit {@link PersonJoin#MET}; the others are free. */
    byte[] marks(int side) {
        return marks.get(side);
    }

    /** Takes the chosen rows of a dataset: the index of the person, and the label. */
    interface Sink {
        void row(int unit, int label);
    }

    /** Hands over the rows that the plan chooses. */
    void rows(DpPlan plan, Sink sink) {
        int side = side(plan.dataset());
        UnitIndex index = indexes.get(side);
        UnitScan.run(plan, snapshots.get(side), catalog, deadline, (unit, label) -> sink.row(index.of(unit), label));
    }

    /** A tally for each shard, all persons in one of them. */
    <T extends PersonJoin.Tally> List<T> join(Supplier<T> tallies) {
        var sides = new ArrayList<PersonJoin.Side>();
        try {
            for (int side = 0; side < datasets.size(); side++) {
                sides.add(new PersonJoin.Side(links.apply(datasets.get(side)), indexes.get(side), marks.get(side)));
            }
            return new PersonJoin(sides, deadline).run(tallies);
        } catch (LinkException damaged) {
            throw new ScanException(Code.JOB_FAILED);
        } finally {
            sides.forEach(side -> side.links().close());
        }
    }
}
