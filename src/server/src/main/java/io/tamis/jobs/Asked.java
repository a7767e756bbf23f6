package io.tamis.jobs;

import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.Attachment;
import io.tamis.catalog.collaboration.Collaboration;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.policy.Region;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a request is about, as this caller may see it.
 *
 * @param sources in the order of the request, at least one
 * @param collaboration the agreement inside which it is asked, active, with the caller as a member
 */
record Asked(List<Source> sources, Optional<Collaboration> collaboration) {
    Asked {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a request without datasets");
        }
    }

    /** One dataset version, and what for; attached when it is asked inside a collaboration. */
    record Source(DatasetRef reference, Snapshot snapshot, Optional<Attachment> attachment) {
        DatasetId id() {
            return reference.id();
        }
    }

    Source source(DatasetId id) {
        return sources.stream()
                .filter(source -> source.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Where the policy is told the answer goes: as the agreement says. */
    Region region() {
        return collaboration.map(Collaboration::region).orElse(Region.DOMESTIC);
    }

    List<Snapshot> snapshots() {
        return sources.stream().map(Source::snapshot).toList();
    }

    /** What would be read, by dataset. */
    NavigableMap<DatasetId, Hash> contents() {
        var contents = new TreeMap<DatasetId, Hash>();
        sources.forEach(source -> contents.put(source.id(), source.snapshot().contentHash()));
        return contents;
    }
}
