package io.tamis.audience.tickets;

import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.he.KeyEpoch;
import io.tamis.he.threshold.OpenedMax;
import io.tamis.holder.TagName;
import io.tamis.holder.ticket.Metric;
import io.tamis.privacy.NoisedUsers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An audience computed under encryption. Of persons it holds noised numbers only; masks and sums lie in files under their
 * hashes.
 *
 * @param epoch under which key
 * @param resultKey the merchant's key to which the sums are opened; without one this service reads them
 * @param sources the platforms' tags, in the order of the terms' parties
 * @param maxAbs greatest magnitude of any of the tags
 * @param users noised users of each platform and group; they decide what is opened; none of counts, which are opened all
 * @param segments what is to be opened, in the order of groups; empty when no group is large enough; of counts, the one sum
 * @param openedMax greatest magnitude of a right opening
 */
public record SealedAudience(
        KeyEpoch epoch,
        Metric metric,
        Optional<Hash> resultKey,
        List<Source> sources,
        long maxAbs,
        SealedTerms terms,
        Optional<NoisedUsers> users,
        List<SealedSegment> segments,
        OpenedMax openedMax) {
    /**
     * One platform's tag of one version, whole.
     *
     * @param attempt of the round that passed its slots
     * @param inputs SHA-256 of each ciphertext as uploaded, block by block
     */
    public record Source(DatasetId dataset, int version, int attempt, TagName tag, List<Hash> inputs) {
        public Source {
            Objects.requireNonNull(dataset);
            Objects.requireNonNull(tag);
            inputs = List.copyOf(inputs);
        }
    }

    public SealedAudience {
        Objects.requireNonNull(epoch);
        Objects.requireNonNull(metric);
        Objects.requireNonNull(resultKey);
        Objects.requireNonNull(openedMax);
        sources = List.copyOf(sources);
        segments = List.copyOf(segments);
        boolean fits = users.map(noised -> noised.groups() == terms.groups()).orElse(terms.counts());
        if (sources.size() != terms.parties() || !fits || maxAbs < 1) {
            throw new IllegalArgumentException("an audience that does not fit its terms");
        }
        var opened = segments.stream().map(SealedSegment::group).toList();
        if (!opened.equals(users.map(noised -> noised.toOpen(terms.spec())).orElse(List.of(0)))) {
            throw new IllegalArgumentException("segments other than the noised users allow");
        }
    }
}
