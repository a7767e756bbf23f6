package io.tamis.jobs;

import io.tamis.catalog.Snapshot;
import io.tamis.catalog.link.LinkSet;
import io.tamis.data.Code;
import io.tamis.data.DatasetId;
import java.util.List;
import java.util.Objects;

/**
 * What a scan reads.
 *
 * @param snapshots in the order of the request
 * @param links by which persons of several datasets are joined; outside a collaboration there are none
 */
public record ScanInputs(List<Snapshot> snapshots, Links links, ScanLimits limits) {
    public ScanInputs {
        snapshots = List.copyOf(snapshots);
        Objects.requireNonNull(links);
        Objects.requireNonNull(limits);
    }

    /** Opens links; whoever opens one closes it. */
    public interface Links {
        /** Without a collaboration. */
        Links NONE = dataset -> {
            throw new JobsException(Code.JOB_FAILED);
        };

        /** The links of one dataset of the job. */
        LinkSet open(DatasetId dataset);
    }

    /** The version read of this dataset. */
    public Snapshot snapshot(DatasetId dataset) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.id().equals(dataset))
                .findFirst()
                .orElseThrow(() -> new JobsException(Code.JOB_FAILED));
    }
}
